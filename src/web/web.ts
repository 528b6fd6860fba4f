import type { Route } from '../http/index.ts'
import type { Settings } from '../settings/index.ts'
import { brandOf, createRenderer, neutralBrand, type Brand, type Pages } from './layout/index.ts'
import { accessibilityRoutes } from './pages/accessibility/routes.ts'
import { printRoutes } from './pages/print/routes.ts'
import type { ReporterDeps } from './reporter/deps.ts'
import { reporterRoutes } from './reporter/routes.ts'
import type { StaffPageDeps } from './staff/deps.ts'
import { staffNavigation } from './staff/navigation.ts'
import { staffRoutes } from './staff/routes.ts'
import { createBrandedAssets } from './static/assets.ts'

export interface WebOptions {
  readonly demonstration: boolean
  /** Where people reach the service: printed on posters and cards. */
  readonly publicOrigin: string
}

/** What every page is drawn with, as it was last read: an error page has to be drawn where nothing can be. */
export interface LookDeps {
  readonly settings: { latest(): Pick<Settings, 'values'> | null }
}

/** All pages and the files they need. */
export function createWeb(
  options: WebOptions,
  deps: ReporterDeps & Omit<StaffPageDeps, 'publicOrigin'> & LookDeps,
): { readonly pages: Pages; readonly routes: readonly Route[] } {
  const brand = (): Brand => {
    const latest = deps.settings.latest()
    return latest === null ? neutralBrand : brandOf(latest.values.brand)
  }
  const assets = createBrandedAssets()
  const pages = createRenderer({ brand, assets: assets.pathsOf, demonstration: options.demonstration, navigation: staffNavigation })
  const printed = printRoutes(pages, { ...deps, publicOrigin: options.publicOrigin })
  return {
    pages,
    routes: [
      ...assets.routes,
      ...accessibilityRoutes(pages),
      ...reporterRoutes(pages, deps),
      ...staffRoutes(pages, { ...deps, publicOrigin: options.publicOrigin }),
      ...printed,
    ],
  }
}
