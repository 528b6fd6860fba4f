import type { Route } from '../http/index.ts'
import { createRenderer, neutralBrand, type Brand, type Pages } from './layout/index.ts'
import { accessibilityRoutes } from './pages/accessibility/routes.ts'
import { createAssets } from './static/assets.ts'

export interface WebOptions {
  readonly demonstration: boolean
  readonly brand?: Brand
}

/** All pages and the files they need. */
export function createWeb(options: WebOptions): { readonly pages: Pages; readonly routes: readonly Route[] } {
  const brand = options.brand ?? neutralBrand
  const assets = createAssets(brand)
  const pages = createRenderer({ brand, assets: assets.paths, demonstration: options.demonstration })
  return { pages, routes: [...assets.routes, ...accessibilityRoutes(pages)] }
}
