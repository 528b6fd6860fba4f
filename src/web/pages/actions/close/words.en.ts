export const words = {
  title: 'Close this concern',
  lead: 'Closing comes last. It can be reopened at any time, and the person can still read it and write to you.',
  detriment: {
    open: 'A report of bad treatment is open. This concern can not be closed before that is.',
    nothing: 'No report of bad treatment is open.',
  },
  checklist: 'Before you close',
  followUp: {
    legend: 'Has somebody checked that the person is not treated badly for speaking up?',
    hint: 'Good practice: three months after the outcome, and again after six.',
  },
  later:
    'Closing does not end these dates: a check counts as done from four weeks before its day. The concern comes back to the list when one is near. If the person does not want to be asked, the checks on how they are treated end.',
  actions: {
    legend: 'What became of the actions that were set?',
    nothing: 'No action or task is open.',
  },
  tasks: {
    open: (count: number) =>
      `${count === 1 ? '1 task is' : `${count} tasks are`} still open. Say of each what shows that it is done. Or choose below that they go on in a plan: then all that are open are passed on to it.`,
    link: 'Tasks and deadlines',
  },
  plan: { label: 'Which plan do they go on in?', hint: 'Needed where they go on. Say who follows it up.' },
  note: { label: 'Note for the file (you can leave this out)' },
  save: 'Close the concern',
  errors: {
    followUp: {
      not_an_option: 'Say whether the checks are done',
      detriment_open: 'A report of bad treatment is still open. Close that first',
    },
    actions: {
      not_an_option: 'Say what became of the actions',
      actions_open: 'Say what became of the actions',
      tasks_open: 'Tasks are still open. Say of each that it is done, or pass them on',
    },
    plan: { empty: 'Say which plan the actions go on in', required: 'Say which plan the actions go on in' },
  },
}
