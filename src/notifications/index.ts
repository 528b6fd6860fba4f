/**
 * Notifications: letters by mail. Owns the outbox and the way to the operator's mail server. Promises that a letter is written in the transaction of
 * what causes it and is the same however often it is sent, that a failure is tried again and can be seen, that nothing goes out unencrypted to
 * another machine, and that no row is made by a reporter's act. What a letter says is its writer's matter: no content, no name but the reader's.
 */
export { checkpointLetter, type CheckpointSaid } from './checkpoint-letter.ts'
export { createCaller, type CallWay } from './caller.ts'
export { createDelivery, type Delivery } from './deliver.ts'
export { limitCause, limitLetter, type LimitSaid } from './limit-letter.ts'
export { createMailer, type Mailer, type MailFault, type SmtpServer } from './mailer.ts'
export { createOutbox, readMailState, type Call, type MailState, type Outbox } from './outbox.ts'
export { urgentCause } from './outbox-store.ts'
export { reporterLetter } from './reporter-letter.ts'
export { isOpen, latestSlot, quarterOf, takeSlot } from './slots.ts'
export { callText, staffLetter, type Addressee, type StaffCause } from './staff-letters.ts'
export { writeLetter, type Letter } from './write-letter.ts'
