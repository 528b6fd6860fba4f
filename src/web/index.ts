/**
 * Web: the pages. Owns the layout, the words and every page's routes; a page calls a use case and shows what it answers, and decides nothing.
 * Promises: no script, no request to another host, works with scripts, images and fonts off.
 */
export { type Brand } from './layout/index.ts'

export { createWeb, type WebOptions } from './web.ts'
export { writtenIn } from './staff/kept.ts'
