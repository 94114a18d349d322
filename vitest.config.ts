import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['web/**/*.test.ts'],
    environment: 'node', // the machines are pure; a test that needs a document says `@vitest-environment happy-dom`
    maxWorkers: 2,
    restoreMocks: true,
  },
});
