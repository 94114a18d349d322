/** A file's text, for tests that read what is kept elsewhere in the repository. */
declare module '*?raw' {
  const text: string;
  export default text;
}
