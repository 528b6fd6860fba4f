/**
 * Web: the pages. Owns the layout, the words and every page's routes; a page calls a use case and shows what it answers, and decides nothing.
 * Promises: no script, no request to another host, works with scripts, images and fonts off.
 */
export { checkBrand, createRenderer, neutralBrand, type Brand, type NavigationItem, type Pages } from './layout/index.ts'
export { accessibilityRoutes } from './pages/accessibility/routes.ts'
export { createAssets } from './static/assets.ts'
