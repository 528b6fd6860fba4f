/** What stands in the person's calendar and in their downloads: nothing that says what it is about. */
export const words = { title: 'Reminder', fileName: 'date.ics' }
