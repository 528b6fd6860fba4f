export const words = {
  title: 'Contact, advised and concluded',
  lead: 'For a short talk or a small thing put right at once. It is recorded, acknowledged, triaged and resolved in one step, and can be reopened.',
  full: { text: 'Anything more?', link: 'Record a concern for somebody' },
  shortTitle: { label: 'A title for colleagues', hint: 'A few words that point to nobody.' },
  text: {
    label: 'What they said',
    hint: 'With “E-mail” chosen, headers and signatures of a pasted e-mail are cut before anything is kept.',
  },
  message: { label: 'What you advised or agreed', hint: 'If they take a code, they can read this.' },
  outcome: { legend: 'How did it end?' },
  settled: {
    legend: 'Are all of these true?',
    hint: 'If one is not, record it and triage it.',
    options: {
      lowRisk: 'The risk is low',
      notTreatedBadly: 'They are not treated badly for speaking up, and do not fear it',
      agreed: 'They agree that this settles it',
    },
  },
  more: 'More about it',
  learning: { label: 'What was learned?', start: 'None.' },
  wantsCode: { legend: 'Do they want a code to come back with?', options: { yes: 'Yes: they get a card with the code', no: 'No' } },
  save: 'Save and conclude',
  done: (reference: string) => `Recorded and concluded as ${reference}. You can record the next one.`,
  doneUnread: 'Recorded and concluded. You can record the next one.',
  errors: {
    title: { required: 'Give it a title' },
    message: { required: 'Write what you advised or agreed' },
    learning: { required: 'Say what was learned, or that nothing was' },
    outcome: { not_an_option: 'Choose how it ended' },
    settled: {
      not_low_risk: 'Only a low risk can be concluded at once. If it is higher, record it and triage it',
      treated_badly: 'Somebody who is treated badly, or fears it, needs more than a talk. Record it and make a plan',
      not_agreed: 'The person has to agree that this settles it. Otherwise record it and triage it',
    },
    elements: { patient_safety: 'Patient safety is never concluded at once. Record it and triage it' },
  },
}
