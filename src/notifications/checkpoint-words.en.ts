interface Line {
  readonly origin: string
  readonly day: string
  readonly time: string
  readonly size: string
  readonly fingerprint: string
  readonly restored: string
}

/** Each reader's program breaks lines at its own width; those below are broken for whoever reads this file. */
const wholeParagraphs = (text: string): string => text.replaceAll(/(?<=[^\n])\n {0,3}(?=[A-Za-z])/g, ' ')

/** Of the daily letter with the log's checkpoint. */
export const words = {
  subject: (day: string) => `For the minutes: the log on ${day}`,
  line: ({ origin, day, time, size, fingerprint, restored }: Line) =>
    `Log ${origin}, signed on ${day} at ${time}: ${size} entries, fingerprint ${fingerprint}, put back from a backup ${restored} times.`,
  text: ({ line, file }: { readonly line: string; readonly file: string }) =>
    wholeParagraphs(`FOR THE MINUTES

${line}

Please write this line into the minutes of your next meeting, or print this letter and file it. Keep the file ${file} where the
people who run the service cannot change it. It is the same line as the service signed it.


WHAT IT IS FOR

The log says what was done with concerns, when and by whose alias. It never says what a concern is about. Once you hold this line,
nobody can change, remove or slip in an entry before it without being found out, not even those who run the service.


HOW TO COMPARE

Two people who hold a line with the same number of entries read out the eight groups of the fingerprint to each other. They must be
the same, letter for letter. (There is no I, L, O or U in them: what looks like one is a digit.)

Later lines have more entries. Whether a later log still holds what this line said, an auditor checks without trusting the service:

  node verify-log.mjs <the log as downloaded> --key <the key> \\
    --checkpoint ${file}


WHAT TO DO IF IT EVER DIFFERS

It differs if two lines with the same number of entries have different fingerprints, if a later line has fewer entries than an
earlier one, or if the check above ends with anything but "whole".

1. Keep both: this letter with its file, and what differs from it. Print them. Delete nothing.
2. Write down who noticed it, when and how, and tell the chair of the audit committee and the internal auditor that day. Do not ask
   the people who run the service first, and do not let them "repair" it.
3. Ask an auditor for the check above with both files, on a machine that is not the service's. It names the entry from which on the
   log is another, or says that all is well.
4. If the service was put back from a backup, the check says so in those words and the number at the end of the line grows by one.
   That is no tampering. Ask what was lost, and who was told.


You get this letter every day at the same time and of the same length, whether anything happened or not. It names nobody, and says
nothing about any concern. The lines below only fill it up.
`),
}
