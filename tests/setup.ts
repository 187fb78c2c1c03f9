import { afterAll, afterEach } from 'vitest';

// Any console output a test did not expect fails it. A test that expects some says so with
// `vi.spyOn(console, 'error').mockImplementation(() => undefined)` and asserts what was said.
const said: string[] = [];

for (const level of ['debug', 'info', 'log', 'warn', 'error'] as const) {
  console[level] = (...parts: readonly unknown[]) => {
    said.push(`console.${level}: ${parts.map((part) => (part instanceof Error ? (part.stack ?? part.message) : String(part))).join(' ')}`);
  };
}

function refuseOutput(): void {
  const lines = said.splice(0);
  if (lines.length > 0) throw new Error(`Unexpected console output:\n${lines.join('\n')}`);
}

afterEach(refuseOutput);
afterAll(refuseOutput);
