export const words = {
  title: 'Declare a conflict of interest',
  lead: 'For when you have an interest of your own in this concern, are part of what it is about, or know somebody who is. You need not say why.',
  consequences: 'What will happen',
  ends: 'Your access ends at once and cannot be given back. You will not find this concern again, and nothing will remind you of it.',
  passes: 'It passes to another guardian who handles it, or to the non-executive lead. The person who raised it need do nothing.',
  read: 'The log keeps when you looked, and never what you read.',
  open: 'Finish nothing first. What you have begun to write here is lost.',
  confirm: 'Yes, end my access',
  back: 'Go back to the concern',
}
