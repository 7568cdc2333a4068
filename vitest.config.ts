import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', './test/support/reporter.ts'],
    // Vitest leaves one processor out; many tests wait for the disk or for a program.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Measured with `--coverage`, as `npm test` does: the engine that writes has no branch that no test has been in.
    coverage: {
      provider: 'v8',
      include: ['src/repair/**/*.ts'],
      reporter: ['text-summary', 'html'],
      thresholds: { branches: 100 },
    },
  },
});
