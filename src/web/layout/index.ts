/**
 * Layout: the frame of every page, its words, and how a page is sent. A page is a folder `src/web/pages/<page>/`:
 *   routes.ts    paths, policy, handlers: reads the form, calls the use case, redirects (303) or sends the page
 *   form.ts      form fields to the use case's input and its own schema, and back to refill
 *   view.ts      a result as plain strings         words.en.ts  every visible string
 *   <page>.njk   extends "layout.njk", fills block main; kit macros, form(), userText(), fault() are in scope without imports
 * Promises: everything printed is escaped; no script, no inline style; the summary takes focus with scripts off; reporters' pages are padded.
 */
export { brandOf, checkBrand, neutralBrand, type Brand } from './brand.ts'
export { coarseDateInWords, dateInWords, shortDateInWords, timeInWords } from './dates-in-words.ts'
export { shownFaults, type FaultWords, type ShownFault } from './faults.ts'
export { pageWords, plural, type Language, type PluralForms, type SameWords } from './language.ts'
export { createRenderer, type AssetPaths, type NavigationItem, type Page, type Pages, type RendererOptions } from './render.ts'
