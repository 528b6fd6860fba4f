import type { Route } from '../http/index.ts'
import { createRenderer, neutralBrand, type Brand, type Pages } from './layout/index.ts'
import { accessibilityRoutes } from './pages/accessibility/routes.ts'
import type { ReporterDeps } from './reporter/deps.ts'
import { reporterRoutes } from './reporter/routes.ts'
import type { StaffPageDeps } from './staff/deps.ts'
import { staffNavigation } from './staff/navigation.ts'
import { staffRoutes } from './staff/routes.ts'
import { createAssets } from './static/assets.ts'

export interface WebOptions {
  readonly demonstration: boolean
  readonly brand?: Brand
}

/** All pages and the files they need. */
export function createWeb(
  options: WebOptions,
  deps: ReporterDeps & StaffPageDeps,
): { readonly pages: Pages; readonly routes: readonly Route[] } {
  const brand = options.brand ?? neutralBrand
  const assets = createAssets(brand)
  const pages = createRenderer({ brand, assets: assets.paths, demonstration: options.demonstration, navigation: staffNavigation })
  return { pages, routes: [...assets.routes, ...accessibilityRoutes(pages), ...reporterRoutes(pages, deps), ...staffRoutes(pages, deps)] }
}
