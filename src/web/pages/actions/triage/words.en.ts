export const words = {
  title: 'Triage this concern',
  shortTitle: {
    label: 'A title for colleagues',
    hint: 'A few words that point to nobody. It is sealed, and the person who raised it does not see it.',
  },
  riskGrade: {
    legend: 'How great is the risk?',
    hint: 'With “Immediate” or “High”, and with patient safety, a second person has to agree before nothing is investigated. This cannot be softened later.',
  },
  elements: { legend: 'What is it about?', hint: 'As the person ticked it. Change it where you see it differently; it may be none.' },
  decision: { legend: 'What should happen?', hint: 'You take that step next.' },
  consent: {
    legend: 'What has the person agreed to?',
    hint: 'Whether their name may be shared. Choose “Not applicable” where nobody knows who they are.',
  },
  conflict: { legend: 'Is there a conflict of interest?', hint: 'Of yours, or of anybody who would handle this.' },
  note: { label: 'Note for the file (you can leave this out)' },
  save: 'Save triage',
  errors: {
    title: { required: 'Give the concern a title' },
    riskGrade: { not_an_option: 'Choose how great the risk is' },
    decision: { not_an_option: 'Choose what should happen' },
    consent: { not_an_option: 'Choose what the person has agreed to' },
    conflict: { not_an_option: 'Say whether there is a conflict of interest' },
  },
}
