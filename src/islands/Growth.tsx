import { useEffect, useState } from 'preact/hooks';
import { ageForGrowth, bandAt, placeIn } from '#domain/guidance/growth.ts';
import type { GrowthRecord, GrowthTables, GrowthView as View } from '#domain/guidance/growthModel.ts';
import GrowthChart, { type Point } from '#islands/GrowthChart.tsx';
import GrowthForm from '#islands/GrowthForm.tsx';
import GrowthList from '#islands/GrowthList.tsx';
import { keptGrowth, withMeasuring } from '#islands/growthStore.ts';
import GrowthTable from '#islands/GrowthTable.tsx';
import GrowthView from '#islands/GrowthView.tsx';
import { keptDay } from '#islands/thisMonthStore.ts';
import { growthToolText as words } from '#text/growthTool.ts';

interface Props {
  readonly page: string;
  /** Today in Asia/Shanghai, as the site counts it. */
  readonly today: string;
  readonly view: View;
  readonly typed: string;
  readonly refusal: string | null;
  readonly tables: GrowthTables;
}

const store = keptGrowth(() => localStorage);

const pointsOf = (record: GrowthRecord, { indicator, sex, standard }: View, tables: GrowthTables): readonly Point[] => (record.sex !== sex ? [] : record.measurings.flatMap((measuring) => {
  const [age, value] = [ageForGrowth(record, measuring.day), measuring[indicator]];
  const band = age.kind === 'age' ? bandAt(tables[standard][sex][indicator], indicator, age.months) : null;
  return age.kind !== 'age' || value === null || band === null ? [] : [{ months: age.months, value, corrected: age.corrected, place: placeIn(band, value) }];
}));

/** 生长曲线: chart and table work from the server's HTML; the record of a child is made and kept on the device alone. */
export default function Growth({ page, today, view: asked, typed, refusal, tables }: Props) {
  const [view, setView] = useState(asked);
  const [record, setRecord] = useState<GrowthRecord>();
  const [birth, setBirth] = useState('');
  const [said, setSaid] = useState('');
  useEffect(() => {
    const found = store.read();
    setRecord(found);
    if (found && location.search === '') setView({ ...view, sex: found.sex });
    const kept = keptDay(() => localStorage).read();
    if (kept?.kind === 'birth') setBirth(kept.day);
  }, []);
  const keep = (next: GrowthRecord, told: string) => {
    setRecord(next);
    setSaid(store.keep(next) ? told : words.notKept);
  };
  const rows = tables[view.standard][view.sex][view.indicator];
  return (
    <>
      <GrowthForm child={record} birth={birth} today={today} said={said}
        onSave={(child, measuring) => {
          const { measurings, did } = measuring ? withMeasuring(record?.measurings ?? [], measuring) : { measurings: record?.measurings ?? [], did: 'added' as const };
          keep({ ...child, measurings }, { added: words.saved, replaced: words.replaced, full: words.full }[did]);
          setView({ ...view, sex: child.sex, indicator: measuring && measuring[view.indicator] === null ? (measuring.weight !== null ? 'weight' : measuring.length !== null ? 'length' : 'head') : view.indicator });
        }}
        onForget={() => {
          store.forget();
          setRecord(undefined);
          setSaid(words.forgotten);
        }} />
      {record && record.measurings.length > 0 && <GrowthList record={record} tables={tables} standard={view.standard} onRemove={(day) => { keep({ ...record, measurings: record.measurings.filter((one) => one.day !== day) }, words.removed); }} />}
      <section class="stack">
        <h2 class="no-print">{words.view}</h2>
        <GrowthView page={page} view={view} typed={typed} refusal={refusal} onChange={setView} />
        <GrowthChart view={view} rows={rows} points={record ? pointsOf(record, view, tables) : []}>
          {record && record.measurings.length > 0 && record.sex !== view.sex && <p class="muted">{words.otherSex}</p>}
        </GrowthChart>
        <p class="growth-print no-print"><button type="button" class="button button--quiet" onClick={() => { print(); }}>{words.print}</button></p>
        <GrowthTable view={view} rows={rows} />
      </section>
    </>
  );
}
