export const words = {
  title: 'What is it about?',
  hint: 'Tick all that fit. We can change this later. You can skip this.',
  elements: {
    patient_safety_quality: 'Care that is unsafe or poor.',
    worker_safety_wellbeing: 'Staff who get hurt, worn out or ill from work.',
    bullying_harassment: 'Someone is picked on, put down or scared.',
    other_behaviours: 'Things people say or do that are wrong in some other way.',
  },
  somethingElse: 'Something else',
  notSure: 'I am not sure',
}
