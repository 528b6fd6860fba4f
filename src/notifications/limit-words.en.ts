interface Said {
  readonly name: string
  readonly before: string
  readonly after: string
  readonly from: string
  readonly force: string
  readonly source: string
}

const end = `You get this letter because you are on the list of people who hold this service to its log, as staff side. Every change of a limit is announced like
this, one that helps the person who raised a concern as much as one that does not, and stands in the log from the day it was announced.
Nothing in this letter is about any concern.`

/** Of the letter to staff side about a time limit. Paragraphs are one line each. */
export const words = {
  units: {
    working_days: ['working day', 'working days'],
    calendar_days: ['day', 'days'],
    calendar_months: ['month', 'months'],
    same_day: ['day, the same one', 'days, the same one'],
    hours: ['hour', 'hours'],
  },
  forces: {
    STATUTORY: 'the law',
    NATIONAL_POLICY: 'national policy',
    LOCAL: 'a local figure, no law and no national policy',
    COMPARATOR: 'a figure from elsewhere, for comparison only',
  },
  subject: (code: string) => `A time limit will change: ${code}`,
  text: ({ name, before, after, from, force, source }: Said) => `A TIME LIMIT WILL CHANGE

Which one: ${name}
Until now: ${before}
From ${from}: ${after}
What stands behind it: ${force}
Source: ${source}

Clocks that start before that day keep the limit they started with. No date that was missed is met by this, and none that was kept is missed.

If you have something to say about it, say it to the organisation before that day. It can be taken back until then.

${paragraph(end)}`,
  withdrawnSubject: (code: string) => `A time limit will not change after all: ${code}`,
  withdrawnText: ({ name, before, from }: Said) => `A TIME LIMIT WILL NOT CHANGE AFTER ALL

Which one: ${name}
It was to change on: ${from}
It stays: ${before}

The change was announced and has been taken back before it held.

${paragraph(end)}`,
}

function paragraph(text: string): string {
  return text.replaceAll('\n', ' ')
}
