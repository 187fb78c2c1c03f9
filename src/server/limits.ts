import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes, RateLimiterSQLite, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Counters, Engine } from '#storage/schema.ts';

/** What is counted, how often, over how many seconds. */
export const limitRules = {
  booking: { points: 30, seconds: 3_600 },
  /** 公平: bookings of one phone, and of one child, in a day; a seat given back is not counted back. */
  bookingPhone: { points: 12, seconds: 86_400 },
  bookingChild: { points: 8, seconds: 86_400 },
  find: { points: 60, seconds: 900 },
  /** 5 wrong tries of one reference's code from one address, then a wait; so many from anywhere, after which each try is only slowed. */
  wrongCode: { points: 5, seconds: 900 },
  wrongCodePace: { points: 20, seconds: 3_600 },
  /** 信息有误: reports from one address. */
  report: { points: 10, seconds: 3_600 },
  /** 登记入托需求: from one address, and for one phone in a day. */
  demand: { points: 30, seconds: 3_600 },
  demandPhone: { points: 6, seconds: 86_400 },
  /** 投诉: from one address; words added to one case in a day. Many homes may stand behind one address. */
  complaint: { points: 20, seconds: 3_600 },
  complaintWords: { points: 30, seconds: 86_400 },
  /** 有没有帮助: answers from one address in a day, and of one article; many homes may stand behind one address. */
  helpful: { points: 60, seconds: 86_400 },
  helpfulArticle: { points: 8, seconds: 86_400 },
  /** Sign-in: attempts from one address; wrong ones with one login from one address; wrong ones with one login from anywhere, after which each attempt is only slowed. */
  signIn: { points: 60, seconds: 900 },
  signInWrong: { points: 5, seconds: 300 },
  signInPace: { points: 10, seconds: 3_600 },
  /** Activation codes tried from one address. */
  activation: { points: 20, seconds: 900 },
} as const;
export type LimitName = keyof typeof limitRules;

/** Counted by address: the store knows an address only by its name of the day. */
const byAddress: readonly LimitName[] = ['booking', 'find', 'report', 'demand', 'complaint', 'signIn', 'activation'];

/** Counted even where limits are switched off. */
const alwaysCounted: readonly LimitName[] = ['wrongCode', 'wrongCodePace'];

export type Limits = {
  /** Counts one; answers the seconds to wait when the allowance is used up, else 0. `from` counts each address for itself. */
  readonly take: (name: LimitName, key: string, from?: string) => Promise<number>;
  /** Seconds to wait now, without counting. */
  readonly wait: (name: LimitName, key: string, from?: string) => Promise<number>;
};

type MakeStore = (name: LimitName, points: number, duration: number) => RateLimiterAbstract;

/** Counters in this process alone; for tests. */
const inMemory: MakeStore = (name, points, duration) => new RateLimiterMemory({ keyPrefix: name, points, duration });

const table = 'limit_counter';
const [forgetEveryMs, forgottenAfterMs] = [300_000, 3_600_000];

/** Takes counters away an hour after they ended; the library's own clearing would end the process where the disk is full or the file busy. */
export function keepForgetting(counters: Pick<Counters, 'forget'>, report: (fault: unknown) => void, everyMs = forgetEveryMs): { readonly stop: () => Promise<void> } {
  let running = Promise.resolve();
  const timer = setInterval(() => { running = running.then(() => counters.forget(table, Date.now() - forgottenAfterMs)).catch(report); }, everyMs);
  timer.unref();
  return { stop: async () => { clearInterval(timer); await running; } };
}

/** Counters in a database, shared by every process and kept over a restart; resolves once their table stands. */
export async function countersIn(engine: Engine, client: object): Promise<MakeStore> {
  const Store = engine === 'sqlite' ? RateLimiterSQLite : RateLimiterPostgres;
  const common = { storeClient: client, storeType: engine === 'sqlite' ? 'better-sqlite3' : 'client', tableName: table, clearExpiredByTimeout: false };
  await new Promise<void>((resolve, reject) => {
    const made = new Store({ ...common, keyPrefix: 'table', points: 1, duration: 1 }, (fault) => { if (fault) reject(fault); else resolve(); });
    void made;
  });
  return (name, points, duration) => new Store({ ...common, tableCreated: true, keyPrefix: name, points, duration });
}

/** Limits kept by a store that `makeStore` makes per rule; `off` (loopback only) lets everything but wrong codes through. `nameOf` names an address for a day. */
export function makeLimits(off: boolean, makeStore: MakeStore = inMemory, nameOf: (address: string) => Promise<string> = async (address) => address): Limits {
  const stores = {
    booking: makeStore('booking', limitRules.booking.points, limitRules.booking.seconds),
    bookingPhone: makeStore('bookingPhone', limitRules.bookingPhone.points, limitRules.bookingPhone.seconds),
    bookingChild: makeStore('bookingChild', limitRules.bookingChild.points, limitRules.bookingChild.seconds),
    find: makeStore('find', limitRules.find.points, limitRules.find.seconds),
    wrongCode: makeStore('wrongCode', limitRules.wrongCode.points, limitRules.wrongCode.seconds),
    wrongCodePace: makeStore('wrongCodePace', limitRules.wrongCodePace.points, limitRules.wrongCodePace.seconds),
    report: makeStore('report', limitRules.report.points, limitRules.report.seconds),
    demand: makeStore('demand', limitRules.demand.points, limitRules.demand.seconds),
    demandPhone: makeStore('demandPhone', limitRules.demandPhone.points, limitRules.demandPhone.seconds),
    complaint: makeStore('complaint', limitRules.complaint.points, limitRules.complaint.seconds),
    complaintWords: makeStore('complaintWords', limitRules.complaintWords.points, limitRules.complaintWords.seconds),
    helpful: makeStore('helpful', limitRules.helpful.points, limitRules.helpful.seconds),
    helpfulArticle: makeStore('helpfulArticle', limitRules.helpfulArticle.points, limitRules.helpfulArticle.seconds),
    signIn: makeStore('signIn', limitRules.signIn.points, limitRules.signIn.seconds),
    signInWrong: makeStore('signInWrong', limitRules.signInWrong.points, limitRules.signInWrong.seconds),
    signInPace: makeStore('signInPace', limitRules.signInPace.points, limitRules.signInPace.seconds),
    activation: makeStore('activation', limitRules.activation.points, limitRules.activation.seconds),
  } satisfies Record<LimitName, RateLimiterAbstract>;
  const keyOf = async (name: LimitName, key: string, from?: string): Promise<string> => (from !== undefined ? `${key}|${await nameOf(from)}` : byAddress.includes(name) ? nameOf(key) : key);
  const seconds = (milliseconds: number): number => Math.max(1, Math.ceil(milliseconds / 1_000));
  return {
    take: async (name, key, from) => {
      if (off && !alwaysCounted.includes(name)) return 0;
      try {
        await stores[name].consume(await keyOf(name, key, from));
        return 0;
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return seconds(refusal.msBeforeNext);
        throw refusal;
      }
    },
    wait: async (name, key, from) => {
      const state = await stores[name].get(await keyOf(name, key, from));
      return state && state.consumedPoints >= limitRules[name].points ? seconds(state.msBeforeNext) : 0;
    },
  };
}
