import type { UrgencyReason } from '../../../timeliness/index.ts'

/** The published order, a sentence for each place. Keyed by the reasons themselves: a reason without a sentence does not compile. */
const order: Record<UrgencyReason, string> = {
  danger_unanswered: 'Someone may be in danger and nobody has answered yet',
  overdue: 'Overdue, the longest first',
  due_today: 'Due today',
  unread_message: 'A new message from the person who raised it, the oldest first',
  detriment_without_plan: 'Bad treatment for speaking up reported, and no plan made',
  due_soon: 'Due in the next 3 working days',
  no_owner: 'Nobody owns it',
  by_date: 'All others, by date',
}

export const words = {
  title: 'Needs action',
  onlyGuardian:
    'You are the only guardian of a team that receives concerns. While you are away, nobody reads them. Ask an administrator to invite a second.',
  restored: {
    wentBack: 'This service went back to a copy of',
    between: 'What was done after that day and up to',
    gone: 'may be missing: concerns, messages, steps, hand-overs.',
    again:
      'Write again what you remember. Declare again any conflict of interest that was declared then: until somebody does, the person can open the concern.',
  },
  counts: {
    label: 'In short',
    overdue: { one: '1 overdue', other: '{n} overdue' },
    dueToday: { one: '1 due today', other: '{n} due today' },
    unread: { one: '1 new message', other: '{n} new messages' },
    overdueMore: 'more than {n} overdue',
    dueTodayMore: 'more than {n} due today',
    unreadMore: 'more than {n} new messages',
  },
  table: {
    caption: 'Concerns, most urgent first',
    case: 'Case',
    deadline: 'Next deadline',
    why: 'Why it is here',
    status: 'Status',
    about: 'About',
    owner: 'Owner',
    unread: 'New',
    age: 'Age in working days',
    newMessage: 'New message',
    no: 'No',
  },
  /** What stands for title and subject where the reader is not the one to read them. */
  withheld: {
    not_shown: { title: 'A concern you investigate', about: 'Not shown to you' },
    sealed_to_old_keys: { title: 'Not open to your new keys yet', about: 'Not open yet' },
    record_not_genuine: { title: 'This record is not genuine', about: 'Not shown' },
  },
  find: {
    label: 'Find by reference',
    hint: 'As it was given to you, like F-A6N5-A9J1.',
    go: 'Find',
    wrong: 'Write a reference like F-A6N5-A9J1',
    nothing: 'You hold no concern with this reference.',
  },
  filters: {
    summary: 'Filter this list',
    apply: 'Apply filters',
    clear: 'Clear all filters',
    chosen: 'Filters in use',
    remove: 'Remove',
    any: 'Any',
    names: {
      stage: 'Stage',
      status: 'Status',
      due: 'Deadline',
      owner: 'Owner',
      unread: 'New message',
      openness: 'How it was raised',
      danger: 'Danger',
      detriment: 'Bad treatment',
      raised: 'Raised',
    },
    only: {
      unread: 'Only with a new message',
      danger: 'Only where someone may be in danger',
      detriment: 'Only with bad treatment reported',
    },
    raised: { thisWeek: 'In the last 7 days' },
    stage: { raised: 'Raised', acknowledged: 'Acknowledged', investigated: 'Being looked into', resolved: 'Resolved' },
    due: { overdue: 'Overdue', today: 'Due today', soon: 'Due in 3 working days' },
    owner: { me: 'Me', none: 'Nobody', other: 'A colleague' },
    yes: 'Yes',
  },
  order: {
    heading: 'The order of this list',
    lead: 'Always the same, and for one stated reason each. There is no hidden score.',
    places: Object.values(order),
  },
  paging: {
    label: 'Pages of this list',
    showing: (from: string, to: string, all: string) => `Showing ${from} to ${to} of ${all}.`,
    over: (count: string) => `more than ${count}`,
    next: 'Next page',
    first: 'First page',
  },
  conflictDeclared: 'Your access has ended. A colleague has what you leave, or will be found.',
  views: {
    label: 'Views',
    builtIn: {
      needs_action: 'Needs action',
      mine: 'Mine',
      no_owner: 'No owner',
      new_this_week: 'New this week',
      detriment: 'Bad treatment reported',
      after_outcome: 'After the outcome',
    },
    saved: 'Saved views',
    save: 'Save these filters as a view',
  },
  empty: 'Nothing needs action.',
  noMatch: 'No concerns match these filters.',
}
