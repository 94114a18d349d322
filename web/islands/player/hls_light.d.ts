/** The package describes its full build only; the light one has the same interface. */
declare module 'hls.js/light' {
  export * from 'hls.js';
  export { default } from 'hls.js';
}
