import type { ErrorCode } from '../kernel/index.ts'

/** What an error page offers: go back, start again, sign in, wait, or another way to speak up. */
export type PageKind = 'missing' | 'again' | 'refused' | 'sign_in' | 'wait' | 'closed' | 'fault'

export interface ProblemRow {
  readonly status: number
  /** One short sentence, the same each time this happens (RFC 9457 3.1.3). */
  readonly title: string
  /** What to do about it. */
  readonly detail: string
  readonly page: PageKind
}

const row = (status: number, page: PageKind, title: string, detail: string): ProblemRow => ({ status, title, detail, page })

/** Each way the product says no, in the words people read. Exhaustive: a new code without a row does not compile. */
export const problemTable: Readonly<Record<ErrorCode, ProblemRow>> = {
  invalid_input: row(422, 'again', 'Some answers need another look', 'Check what is listed and send it again. Nothing has been changed.'),
  malformed_body: row(400, 'again', 'We could not read what was sent', 'Send it again in the form this address expects.'),
  unsupported_media_type: row(415, 'again', 'This kind of content is not read here', 'Send JSON to the API, or use the form on the page.'),
  body_too_large: row(
    413,
    'again',
    'This is too much to send at once',
    'Keep it under 512 KiB. Go back and cut the text, then send it again.',
  ),
  method_not_allowed: row(405, 'missing', 'That can not be done at this address', 'The Allow header lists what can.'),
  not_found: row(404, 'missing', 'Page not found', 'Check the address, or start again from the first page.'),
  token_mistyped: row(422, 'again', 'There is a typing error in the code', 'Look at the group that is named and type it again.'),
  idempotency_key_weak: row(
    422,
    'again',
    'The Idempotency-Key is too easy to guess',
    'Use a random UUID or at least 22 random base64url characters.',
  ),
  idempotency_key_reused: row(422, 'again', 'This Idempotency-Key was used for something else', 'Use a new key for a new request.'),

  token_not_recognised: row(
    404,
    'again',
    'We do not know this code',
    'Look at your code and type it again. A code that was replaced no longer works.',
  ),
  invitation_not_recognised: row(
    404,
    'refused',
    'We do not know this link',
    'It may be cut short, or a newer link was made. Ask your administrator for a new one.',
  ),
  invitation_used: row(
    410,
    'sign_in',
    'This link has been used',
    'Each link works once. If it was not you who used it, tell your administrator at once.',
  ),
  invitation_expired: row(410, 'refused', 'This link is too old', 'Its time is over. Ask your administrator for a new one.'),
  task_link_not_recognised: row(
    404,
    'refused',
    'This link does not work',
    'It may be cut short, used, or too old. Ask whoever gave it to you.',
  ),
  sign_in_failed: row(401, 'sign_in', 'That did not match', 'Check the e-mail address, the password and the six-digit code.'),
  sign_in_delayed: row(429, 'wait', 'Too many tries for this account', 'Wait for the time shown, then try again.'),
  otp_replayed: row(401, 'sign_in', 'That six-digit code has been used', 'Wait for the next code in your app.'),
  countersignature_awaited: row(
    403,
    'refused',
    'A guardian has to countersign first',
    'You are enrolled. You can come in once guardians have put their names to you.',
  ),
  session_required: row(401, 'sign_in', 'Please sign in', 'Sign in to see this page.'),
  session_expired: row(401, 'sign_in', 'You have been signed out', 'Nothing was done for a while, or the day is over. Sign in again.'),
  session_invalid: row(401, 'sign_in', 'Please sign in again', 'This session is not one we know.'),
  csrf_refused: row(403, 'refused', 'This request did not come from our own page', 'Open the page again and send it from there.'),
  step_up_required: row(403, 'refused', 'Show that it is still you', 'Give a fresh six-digit code for this.'),
  permission_denied: row(403, 'refused', 'You do not have the right to do this', 'Ask an administrator if you think you should.'),

  concern_changed: row(409, 'again', 'Someone changed this concern first', 'Look at what has changed, then decide again.'),
  setting_changed: row(409, 'again', 'Someone changed these settings first', 'Look at what they are now, then decide again.'),
  transition_not_allowed: row(409, 'again', 'This step is not open now', 'Look at the concern again to see the steps that are.'),
  approval_not_pending: row(409, 'again', 'This approval is no longer waiting', 'Somebody has decided it, or it was taken back.'),
  approval_own_request: row(403, 'refused', 'You can not approve your own request', 'A second person has to decide this.'),
  sample_answered: row(409, 'again', 'This concern of the sample has its answer', 'A colleague unlocked it or said no before you.'),
  sample_lapsed: row(
    409,
    'again',
    'This sample has lapsed',
    'A drawn concern is answered within 60 days. Nothing is asked of you any more.',
  ),
  conflict_of_interest: row(403, 'refused', 'You have a conflict of interest here', 'Another person will take this.'),
  draft_gone: row(
    410,
    'again',
    'What you were writing is gone',
    'We keep it for 20 hours at most. Please start again, or speak to a person instead.',
  ),
  inbox_closed: row(401, 'again', 'Please enter your code again', 'The time you chose is over. This keeps others out.'),
  no_reader_left: row(422, 'again', 'Nobody would be left to read this', 'Choose another reader, or speak to a person instead.'),
  too_early: row(
    409,
    'again',
    'It is too early for this',
    'Look at the dates in the inbox: this opens when one of them has passed or come.',
  ),

  intake_closed: row(503, 'closed', 'We can not take this here now', 'Please use another way to speak up.'),
  not_set_up: row(503, 'closed', 'This service is not open yet', 'It has to be set up first.'),
  too_many_requests: row(429, 'wait', 'Too many requests from your network', 'Wait a little, then try again. Nothing is lost by waiting.'),
  overloaded: row(503, 'wait', 'Very busy at the moment', 'Wait a little, then try again.'),
  database_unavailable: row(
    503,
    'wait',
    'We can not save anything at the moment',
    'Nothing has been changed. Wait a little, then try again.',
  ),
  storage_full: row(
    503,
    'wait',
    'We can not save anything at the moment',
    'Nothing has been changed. The people who run this service have to make room.',
  ),
  sealed_to_old_keys: row(
    403,
    'refused',
    'Your new keys do not open this yet',
    'It was sealed to the keys you had before. Ask a colleague who can read it to make you its owner. Where there is none, the recovery key gives it back.',
  ),
  record_not_genuine: row(
    500,
    'fault',
    'This record is not genuine',
    'It was not written by the person it names, so it is not shown. Tell your auditor.',
  ),
  internal_error: row(500, 'fault', 'Something went wrong on our side', 'It is not your fault. Try again, or use another way.'),
}
