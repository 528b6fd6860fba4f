export const words = {
  title: 'Is anyone in danger now?',
  hint: 'If someone is in danger now, call 999 or tell the person in charge.',
  errors: { immediateDanger: { required: 'Choose yes, no or not sure', not_an_option: 'Choose yes, no or not sure' } },
  now: {
    title: 'What to do now',
    lead: 'Get help first. You can fill in this form later.',
    items: [
      'If a life is at risk, call 999. On a ward, use your emergency call.',
      'Tell the person in charge where it is.',
      'If they will not act, ask for the manager on call.',
      'If a child is being hurt, or an adult who cannot keep safe, tell the safeguarding team. You can also call the police.',
    ],
    wait: 'Nobody reads this form day and night. It may be days before someone sees it.',
    noted: 'We have marked what you send as “someone may be in danger”.',
    onCall: {
      title: 'Who to call now',
      nobody: 'Nobody is on call at this hour.',
      later: 'Who to call at other times',
      wakes: {
        now: 'When you send the form, we send one of them a message to look at it now. If nobody looks, we call the next one.',
        later: 'We can reach nobody at this hour. The next one gets a message when their hours begin.',
      },
      woken: [
        'They will know that something was sent, within a quarter of an hour. The message does not say who you are or what you wrote.',
        'Do not wait for them if you can call somebody yourself.',
      ],
      days: {
        every_day: 'Every day',
        working_days: 'Monday to Friday, but not on bank holidays',
        other_days: 'Weekends and bank holidays',
      },
      hours: (days: string, from: string, until: string) => `${days}, ${from} to ${until}`,
      allDay: (days: string) => `${days}, day and night`,
    },
    contacts: 'People you can call',
    carryOn: 'Carry on with the form',
  },
}
