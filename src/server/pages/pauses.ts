import type { Institution, Pause } from '#domain/directory/model.ts';
import { openPauses, pausesOn } from '#domain/listingDraft/pauses.ts';
import type { IsoDate } from '#domain/shared/dates.ts';
import { dayText, fullDayText } from '#text/dates.ts';
import { bandText } from '#text/directory.ts';
import { pauseReasonText, pauseText } from '#text/listingDesk.ts';

const bandOf = ({ band }: Pause): string => (band === null ? pauseText.all : bandText[band]);

/** 停班 in one line: which band, which days, why. */
export const pauseLine = (pause: Pause): string => pauseText.line(bandOf(pause), fullDayText(pause.from), pause.until === null ? null : fullDayText(pause.until), pauseReasonText[pause.reason]);

/** Pauses that stand or are to come, as the institution's page tells them at its head. */
export const pauseLines = (of: Pick<Institution, 'pauses'>, today: IsoDate): readonly string[] => openPauses(of, today).map(pauseLine);

/** A short mark for a card: which band takes no children today, until when. */
export const pauseMarks = (of: Pick<Institution, 'pauses'>, today: IsoDate): readonly { readonly tone: 'amber'; readonly text: string; readonly icon: 'info' }[] =>
  pausesOn(of, today).map((pause) => ({ tone: 'amber', text: pauseText.mark(bandOf(pause), pause.until === null ? null : dayText(pause.until, today)), icon: 'info' }));
