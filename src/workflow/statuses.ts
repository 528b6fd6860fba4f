/** The four steps of the pledge, in the order a concern takes them. */
export const stages = ['raised', 'acknowledged', 'investigated', 'resolved'] as const
export type Stage = (typeof stages)[number]

export const statuses = [
  'raised',
  'acknowledged',
  'triaged',
  'investigating',
  'resolving',
  'referred',
  'findings_ready',
  'resolved',
  'closed',
  'withdrawn',
] as const
export type Status = (typeof statuses)[number]

const stageByStatus: Record<Status, Stage> = {
  raised: 'raised',
  acknowledged: 'acknowledged',
  triaged: 'acknowledged',
  investigating: 'investigated',
  resolving: 'investigated',
  referred: 'investigated',
  findings_ready: 'investigated',
  resolved: 'resolved',
  closed: 'resolved',
  withdrawn: 'resolved',
}

export function stageOf(status: Status): Stage {
  return stageByStatus[status]
}

/** Whether the work is over: a queue leaves such a concern out. */
export function isEnded(status: Status): boolean {
  return stageOf(status) === 'resolved'
}

/** The stage as it reads on screen. Until findings exist it would be untrue to say "investigated". */
export function stageWords(status: Status): string {
  switch (stageOf(status)) {
    case 'raised':
      return 'Raised'
    case 'acknowledged':
      return 'Acknowledged'
    case 'investigated':
      return status === 'findings_ready' ? 'Investigated' : 'Being looked into'
    case 'resolved':
      return 'Resolved'
  }
}

/** A status as staff see it in a column, and as the person who raised the concern is told it. */
export const statusWords: Record<Status, { readonly staff: string; readonly reporter: string }> = {
  raised: {
    staff: 'Raised',
    reporter: 'We have your concern. Nobody has answered it yet.',
  },
  acknowledged: {
    staff: 'Acknowledged',
    reporter: 'A person has read your concern and answered you.',
  },
  triaged: {
    staff: 'Triaged',
    reporter: 'We have thought about your concern. Next we will say how we will deal with it.',
  },
  investigating: {
    staff: 'Being investigated',
    reporter: 'Someone is looking into your concern.',
  },
  resolving: {
    staff: 'Being resolved without investigation',
    reporter: 'We are working to put this right. We have told you why there is no full inquiry.',
  },
  referred: {
    staff: 'Referred',
    reporter: 'Another team is looking into your concern. We will still tell you how it ends.',
  },
  findings_ready: {
    staff: 'Findings ready',
    reporter: 'We have looked into your concern. Next we will tell you how it ended.',
  },
  resolved: {
    staff: 'Resolved',
    reporter: 'Our work on your concern has ended. Our last message tells you how.',
  },
  closed: {
    staff: 'Closed',
    reporter: 'Your concern is closed. You can still read it, and write to us here.',
  },
  withdrawn: {
    staff: 'Withdrawn',
    reporter: 'You asked us to stop, and we have stopped. You can still write to us here.',
  },
}
