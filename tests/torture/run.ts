// `npm run torture [-- name… --quick]`: what must hold when everything goes wrong. Each torture is bounded in count and
// time, stays on loopback and in folders of its own, and convicts the faults planted for it.
import { clocks } from '#tests/torture/clocks.ts';
import { contenders, sameKey } from '#tests/torture/contenders.ts';
import { desks } from '#tests/torture/deskLives.ts';
import { guesses } from '#tests/torture/guesses.ts';
import { fuzz } from '#tests/torture/fuzz.ts';
import type { Torture } from '#tests/torture/harness.ts';
import { fullDisk } from '#tests/torture/fullDisk.ts';
import { histories } from '#tests/torture/histories.ts';
import { killed } from '#tests/torture/killed.ts';
import { queues } from '#tests/torture/queues.ts';
import { overload } from '#tests/torture/overload.ts';
import { pair } from '#tests/torture/pair.ts';
import { plantedFaults } from '#tests/torture/planted.ts';
import { powerLoss } from '#tests/torture/powerLoss.ts';
import { restarts } from '#tests/torture/restarts.ts';
import { faults } from '#tests/torture/useCases.ts';
import { upgradeKilled } from '#tests/torture/upgradeKilled.ts';
import { soak } from '#tests/torture/soak.ts';

const tortures: readonly Torture[] = [contenders, sameKey, histories, queues, desks, killed, upgradeKilled, powerLoss, fullDisk, faults, clocks, guesses, fuzz, overload, restarts, soak, pair, plantedFaults];
const say = (line: string): void => { process.stdout.write(`${line}\n`); };

const given = process.argv.slice(2);
const quick = given.includes('--quick');
const names = given.filter((word) => !word.startsWith('--'));
const unknown = names.filter((name) => !tortures.some((torture) => torture.name === name));
if (unknown.length > 0 || given.includes('--list')) {
  if (unknown.length > 0) say(`Unknown: ${unknown.join(', ')}.`);
  for (const { name, about } of tortures) say(`${name.padEnd(12)} ${about}`);
  process.exit(unknown.length > 0 ? 1 : 0);
}

const counts = { held: 0, BROKEN: 0, SKIPPED: 0 };
for (const torture of tortures.filter(({ name }) => names.length === 0 || names.includes(name))) {
  say(`── ${torture.name}${quick ? ' (quick)' : ''}: ${torture.about}`);
  const began = performance.now();
  const verdicts = await torture.run({ quick, say }).catch((fault: unknown) => {
    say(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));
    return [{ what: torture.name, result: 'BROKEN' as const, detail: 'ended with a fault, see above' }];
  });
  for (const { what, result, detail } of verdicts) {
    counts[result] += 1;
    say(`${result.padEnd(7)} ${what}: ${detail}`);
  }
  say(`   ${((performance.now() - began) / 1000).toFixed(1)} s`);
}
say(`${counts.held} held, ${counts.BROKEN} broken, ${counts.SKIPPED} skipped${counts.SKIPPED > 0 ? ' — what was skipped is NOT proved on this machine' : ''}`);
process.exitCode = counts.BROKEN === 0 && counts.held > 0 ? 0 : 1;
