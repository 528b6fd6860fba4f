export const words = {
  title: 'Look for immediate risk',
  lead: 'Could somebody come to harm before this is assessed? Grade it now, from what you can read. Triage grades it again.',
  risk: { legend: 'How high is the risk?', hint: '“Immediate”: somebody must act today. See to that first, then come back here.' },
  note: { label: 'What makes you think so (you can leave this out)', hint: 'For colleagues who hold the keys. The person cannot read it.' },
  save: 'Save the grade',
  errors: { riskGrade: { required: 'Choose how high the risk is', not_an_option: 'Choose how high the risk is' } },
}
