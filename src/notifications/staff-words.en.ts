/**
 * Letters to members of staff, by what causes them. Each is the same every time, whoever and whatever it is about: no reference, no name, no number,
 * no date, so that a mailbox, its keeper and whoever looks over a shoulder learn nothing from it. Paragraphs are one line each.
 */
const end = `Sign in the way you always do. There is no link in this letter, and none in any letter from here: do not believe one that has a link.

Please do not answer it. Nobody reads the answers.`

const letter = (subject: string, text: string) => ({ subject, text: `${text}\n\n${end}` })

export const words = {
  regular_note: letter(
    'The regular note',
    `This is the regular note. Please sign in and look at your list.

It comes at the same times to everybody who has chosen it, and it is always the same. It does not mean that there is anything new, nor that there is not.`,
  ),
  assigned: letter('Something was given to you', 'Somebody gave you something to look after. Please sign in and look at your list.'),
  approval_asked: letter('Your decision is asked for', 'Somebody asked you for a decision. Please sign in and look at what waits for you.'),
  pause_agreed: letter(
    'You were named as agreeing',
    'Somebody wrote down that you agreed to a longer pause of a time limit. If you did not, tell another guardian or an auditor: it stands in the log under your name.',
  ),
  investigator_named: letter('You were named', 'Somebody named you to look into something. Please sign in and look at your list.'),
  task_set: letter('A task for you', 'Somebody set a task for you. Please sign in and look at your list.'),
  task_due: letter('A task is due', 'A task of yours is due. Please sign in and look at your list.'),
  deadline_near: letter('A date is near', 'Something on your list has a date that is near. Please sign in and look.'),
  deadline_passed: letter('A date has passed', 'Something has gone past its date. Please sign in and look at your list.'),
  escalated: letter('Something was passed up to you', 'Something was passed up to you. Please sign in and look at your list.'),
  standing_in: letter('You are standing in', 'You are standing in for somebody who is away. Please sign in and look at your list.'),
  urgent: letter(
    'Urgent: please look now',
    `This is an urgent message. Please sign in now and look at your list. If you cannot, call the next person on the on-call list.

It says no more on purpose. If somebody is in danger where you are, call 999.`,
  ),
}

/** What is said by text message or pager: it must fit into one. */
export const callText = 'Urgent. Please sign in and look at your list now. If you cannot, call the next person on the on-call list.'
