import { words as staff } from '../../staff/words.en.ts'
import { words as contacts } from '../concern/contacts/words.en.ts'

export const words = {
  title: 'My time',
  lead: 'The minutes you logged, by month and kind, over the concerns you handle now. Nobody else’s are here, and nothing was opened for it.',
  empty: 'You have logged no contacts yet. Log them on the page Contacts of a concern.',
  caption: 'Your minutes by month and kind, newest first',
  table: { month: 'Month', channel: 'How', contacts: 'Contacts', minutes: 'Minutes' },
  total: 'All',
  download: 'Download as CSV',
  otp: staff.code,
  recorded: 'That you downloaded it is recorded.',
  channels: contacts.channels,
}
