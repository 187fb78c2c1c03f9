import { join } from 'node:path';
import type { DeskDeps } from '#domain/booking/deps.ts';
import type { Reference } from '#domain/guidance/monthModel.ts';
import type { Jurisdiction } from '#domain/jurisdiction/model.ts';
import { dayOf, instant, type Instant, type IsoDate } from '#domain/shared/dates.ts';
import { bookingStore } from '#storage/booking.ts';
import { deskStore } from '#storage/desk.ts';
import { helpfulStore } from '#storage/helpful.ts';
import { loadJurisdictions } from '#storage/files/jurisdictions.ts';
import { loadGrowth, type GrowthData } from '#storage/files/growth.ts';
import { loadReference } from '#storage/files/reference.ts';
import { openCountersPostgres, openPostgres } from '#storage/postgres.ts';
import { openCountersSqlite, openSqlite } from '#storage/sqlite.ts';
import type { Storage } from '#storage/schema.ts';
import type { IdentityProvider } from '#domain/accounts/identity.ts';
import { identityBridge } from '#server/identityBridge.ts';
import { makeAccounts, type Accounts } from '#server/accounts.ts';
import { makeBanners, type Banners } from '#server/banners.ts';
import { bookingSeals } from '#server/bookingSeals.ts';
import { fairness, hostFinder, makeBookings, type Bookings } from '#server/bookings.ts';
import { keepSweeping, makeDesks, slotEffects, type Desks } from '#server/desk.ts';
import { makeAddressNames } from '#server/addressNames.ts';
import { openComplaints } from '#server/caseWiring.ts';
import type { Cases } from '#server/cases.ts';
import { makeDisclosure, type Disclosure } from '#server/disclosure.ts';
import type { Complaints } from '#server/complaints.ts';
import type { Config } from '#server/config.ts';
import { loadKeyring, type Keyring } from '#server/crypto.ts';
import { findDataFolder } from '#server/dataFolder.ts';
import { makeCounts, type Counts } from '#server/counts.ts';
import { makeDemoAccounts } from '#server/demoAccounts.ts';
import { makeDemands, type Demands } from '#server/demand.ts';
import { keepTelling } from '#server/demandNotices.ts';
import { makeDirectory, type Directory } from '#server/directory.ts';
import { makeAudit, type Audit } from '#server/audit.ts';
import { makeLeads, type Leads } from '#server/leads.ts';
import { makeMemberReport, type MemberReport } from '#server/memberReport.ts';
import { makeExports, type Exports } from '#server/exports.ts';
import { makeFilings, type Filings } from '#server/filings.ts';
import { makeFreePlaces, type FreePlacesDesk } from '#server/freePlaces.ts';
import { makeHealthPoints, type HealthPoints } from '#server/healthPoints.ts';
import { makeImportDesk, type ImportDesk } from '#server/importDesk.ts';
import { makeHelpful, type Helpful } from '#server/helpful.ts';
import { countersIn, keepForgetting, makeLimits, type Limits } from '#server/limits.ts';
import { keepFeesInForce, makeListingDrafts, type ListingDrafts } from '#server/listingDrafts.ts';
import { makeListingReports, type ListingReports } from '#server/listingReports.ts';
import { makeListings, photoFilesOf, type Listings } from '#server/listings.ts';
import { makeInspections, type Inspections } from '#server/inspections.ts';
import type { Log } from '#server/log.ts';
import { everywhere } from '#server/http/scope.ts';
import { startNotices, waking, type CallList } from '#server/notices.ts';
import { keepBackingUp } from '#server/backup/keep.ts';
import { makeOpenData, type OpenData } from '#server/openData/openData.ts';
import { makeOperation, type Operation } from '#server/operation/standing.ts';
import { loadCalendar } from '#storage/files/calendars.ts';
import { keepNudging } from '#server/placesNudges.ts';
import { makeSupervision, type Supervision } from '#server/supervision.ts';
import { makeRecognitions, type Recognitions } from '#server/recognitions.ts';
import { keepPurging } from '#server/retention.ts';
import { loadPublishedData } from '#server/publishedData.ts';
import { keepPlanning, makeSlotTemplates, templateDeps, type SlotTemplates } from '#server/slotTemplates.ts';
import { makeWideSearch, renewWideSearch, type WideSearching } from '#server/wideSearch.ts';

/** Everything pages and API may use; made once, in the shell. */
export type App = {
  readonly config: Config;
  readonly jurisdictions: readonly Jurisdiction[];
  readonly findJurisdiction: (slug: string) => Jurisdiction | undefined;
  /** The domain's day and instant, Asia/Shanghai; fixed by `NOW` on loopback. */
  readonly today: () => IsoDate;
  readonly now: () => Instant;
  readonly directory: Directory;
  /** 月龄资料 of `data/reference`. */
  readonly reference: Reference;
  /** 生长标准 of `data/reference/growth`. */
  readonly growth: GrowthData;
  readonly searchWide: WideSearching;
  readonly bookings: Bookings;
  /** 机构工作台: what staff do with bookings; see the head of src/server/desk.ts. */
  readonly desk: Desks;
  /** 排期: weekly templates, exceptions and what they do to slots. */
  readonly slotTemplates: SlotTemplates;
  readonly listings: Listings;
  /** 展示信息的草稿, review, 停班 and photos. */
  readonly listingDrafts: ListingDrafts;
  /** 信息有误 as desks answer it. */
  readonly listingReports: ListingReports;
  /** 接种门诊, 儿保, 体检点, 母婴室. */
  readonly healthPoints: HealthPoints;
  readonly openData: OpenData;
  /** 公告 and 暂停受理. */
  readonly banners: Banners;
  readonly bannerOf: Banners['bannerOf'];
  readonly demand: Demands;
  /** 电话通知清单 and 未送达. */
  readonly callList: CallList;
  readonly accounts: Accounts;
  /** 统一身份认证; null where none is configured. */
  readonly identity: IdentityProvider | null;
  /** 登记和备案: states, clocks, queues and signed pushes. */
  readonly filings: Filings;
  /** 普惠认定. */
  readonly recognitions: Recognitions;
  readonly leads: Leads;
  /** 成员单位情况. */
  readonly memberReport: MemberReport;
  /** 监督: assessments, decisions, duties of the year, staff checks. */
  readonly supervision: Supervision;
  /** 巡查和整改. */
  readonly inspections: Inspections;
  readonly audit: Audit;
  /** 批量导出. */
  readonly exports: Exports;
  /** 名录导入. */
  readonly importDesk: ImportDesk;
  /** 月报在托人数. */
  readonly counts: Counts;
  /** 本地托育情况: what the site counts of a place. */
  readonly disclosure: Disclosure;
  /** 空位 as institutions say it. */
  readonly freePlaces: FreePlacesDesk;
  /** 诉求: what a complainant does; see the head of src/server/complaints.ts. */
  readonly complaints: Complaints;
  /** 办件: what office, departments, streets and institutions do with them; see the head of src/server/cases.ts. */
  readonly cases: Cases;
  readonly helpful: Helpful;
  readonly limits: Limits;
  readonly keys: Keyring;
  readonly operation: Operation;
  readonly revisionOf: (slug: string) => number | Promise<number> | undefined;
  /** Stays the same for as long as nothing was committed and the minute has not changed; undefined where that cannot be told. */
  readonly momentOf: () => string | undefined;
  readonly ready: () => Promise<{ readonly ok: boolean; readonly problems: readonly string[] }>;
  readonly reportFault: (fault: unknown, requestId?: string) => void;
  readonly close: () => Promise<void>;
};

/** Opens the storage that the configuration names. */
export const openStorage = (config: Config): Promise<Storage> =>
  config.database.kind === 'sqlite' ? openSqlite(config.database.file, Date.now()) : openPostgres(config.database.url, Date.now());

/** Government-page parts that are empty and therefore hidden, a line for each place, for the operator. */
const missingHostParts = (jurisdictions: readonly Jurisdiction[]): readonly string[] =>
  jurisdictions.flatMap(({ code, host }) => {
    const empty = Object.entries(host).filter(([, value]) => value === null).map(([name]) => name);
    return empty.length === 0 ? [] : [`data/jurisdictions/${code}/jurisdiction.json: host has no ${empty.join(', ')}; hidden on every page`];
  });

/** The composition root: storage, keys, clock and commands, wired once; `places` are those of the data folder unless given. Throws when the database or the data cannot be used. */
export async function createApp(config: Config, log?: Log, places?: readonly Jurisdiction[]): Promise<App> {
  const dataFolder = findDataFolder();
  const jurisdictions = places ?? loadJurisdictions(dataFolder);
  const [reference, growth] = [loadReference(dataFolder), loadGrowth(dataFolder)];
  const bySlug = new Map(jurisdictions.map((jurisdiction) => [jurisdiction.slug, jurisdiction]));
  const keys = loadKeyring(config.keyFile);
  const opened = await openStorage(config);
  let wakeOutbox = (): void => undefined;
  const storage = waking(opened, () => { wakeOutbox(); });
  const realNow = (): Instant => instant.parse(Date.now());
  const now = (): Instant => (config.now === undefined ? realNow() : instant.parse(config.now));
  const today = (): IsoDate => dayOf(now());
  const report = (fault: unknown): void => { log?.fault(fault); };
  await renewWideSearch(storage, jurisdictions).then(() => loadPublishedData({ storage, jurisdictions, demo: config.demo, dataFolder, photoFiles: photoFilesOf(config), today, now })).catch(async (fault: unknown) => {
    await storage.close();
    throw fault;
  });
  for (const line of missingHostParts(jurisdictions)) log?.warn(line);
  const purging = keepPurging(storage, now, report);
  const backups = keepBackingUp(config, report);
  const operation = makeOperation({ storage, dataDir: config.dataDir, backups: backups.standing, calendar: loadCalendar(dataFolder), now });
  const directory = makeDirectory(storage, jurisdictions, dataFolder, today);
  const counters = config.database.kind === 'sqlite' ? openCountersSqlite(join(config.dataDir, 'limits.sqlite')) : await openCountersPostgres(config.database.url);
  const limits = makeLimits(!config.rateLimits, await countersIn(storage.engine, counters.client), makeAddressNames(counters.dayKey, Date.now));
  const forgetting = keepForgetting(counters, report);
  const store = bookingStore(storage);
  const deps: DeskDeps = { store, desk: deskStore(storage), seals: bookingSeals(keys), now, realNow, findHost: hostFinder({ store }, directory.findHost), mayAsk: fairness(limits, keys) };
  const banners = await makeBanners(storage, jurisdictions, now, report);
  const desk = makeDesks(deps, storage);
  const sweeping = keepSweeping(desk, report);
  const demand = makeDemands({ storage, jurisdictions, directory, limits, keys, now, realNow });
  const accounts = makeAccounts({ storage, jurisdictions, limits, keys, now, realNow, report, passwordPolicy: config.passwordPolicy });
  if (config.demo) accounts.prepare(makeDemoAccounts(accounts.deps, storage, jurisdictions, config.dataDir));
  const complaintSide = await openComplaints({ config, storage, jurisdictions, dataFolder, limits, keys, accounts, now, realNow }, report);
  const counts = makeCounts(storage, dataFolder, now);
  const telling = keepTelling(demand, report);
  const nudging = keepNudging({ storage, keys, jurisdictions, now }, report);
  const feesInForce = keepFeesInForce({ storage, jurisdictions, now }, report);
  const notices = startNotices({ storage: opened, keys, demand, config, now }, report);
  wakeOutbox = notices.outbox.wake;
  const slotTemplates = makeSlotTemplates(templateDeps(storage, dataFolder, now, slotEffects(desk)));
  const planning = keepPlanning(slotTemplates, jurisdictions, report);
  return {
    config, operation, jurisdictions, findJurisdiction: (slug) => bySlug.get(slug), today, now, directory, reference, growth, limits, keys, demand, accounts, slotTemplates,
    identity: identityBridge(config),
    searchWide: makeWideSearch(storage, jurisdictions, dataFolder, today),
    complaints: complaintSide.complaints, cases: complaintSide.cases,
    helpful: makeHelpful(helpfulStore(storage), limits, today),
    desk, callList: notices.callList,
    bookings: makeBookings(deps, limits, keys, directory.subdistrictOf),
    freePlaces: makeFreePlaces(storage, now),
    recognitions: makeRecognitions(storage, now),
    importDesk: makeImportDesk(storage, dataFolder, now),
    counts, disclosure: makeDisclosure({ storage, directory, counts, demand, complaints: complaintSide.complaints, today }),
    supervision: makeSupervision(storage, dataFolder, now), inspections: makeInspections(storage, dataFolder, photoFilesOf(config), now),
    exports: makeExports(storage, accounts.deps.store, now),
    leads: makeLeads(storage, now), memberReport: makeMemberReport(storage), audit: makeAudit(storage),
    filings: makeFilings({ storage, keys, now, realNow, dataFolder, jurisdictions, pushSecret: config.pushSecret }),
    healthPoints: makeHealthPoints(storage, keys, now, dataFolder),
    listingReports: makeListingReports(storage, keys, now),
    listingDrafts: makeListingDrafts(storage, photoFilesOf(config), keys, now),
    banners, bannerOf: banners.bannerOf,
    openData: makeOpenData(storage, directory, now),
    listings: makeListings(storage, config, keys, now, dataFolder),
    momentOf: () => {
      const version = storage.dataVersion();
      return version === undefined ? undefined : `${String(version)}/${String(Math.floor(now() / 60_000))}`;
    },
    revisionOf: (slug) => {
      if (slug === everywhere) return storage.revisionOfAll();
      const jurisdiction = bySlug.get(slug);
      return jurisdiction && storage.revision(jurisdiction.code);
    },
    ready: async () => {
      try {
        const problems = [...await storage.ready(), ...(operation.isClosed() ? ['disk'] : [])];
        return { ok: problems.length === 0, problems };
      } catch (fault) {
        log?.fault(fault);
        return { ok: false, problems: ['database'] };
      }
    },
    reportFault: (fault, requestId) => { log?.fault(fault, requestId); },
    close: async () => {
      await sweeping.stop();
      await banners.stop();
      await planning.stop();
      await purging.stop();
      await backups.stop();
      await telling.stop();
      await nudging.stop();
      await feesInForce.stop();
      await notices.outbox.stop();
      await accounts.stop();
      await complaintSide.close();
      await forgetting.stop();
      await counters.close();
      await storage.close();
    },
  };
}
