import { contrastRatio, firstValues, leastContrast, type BrandValues } from '../../settings/index.ts'

/** How the service looks and calls itself. Neutral by default: a title or a logo must not tell a passer-by what the page is for. */
export interface Brand {
  /** Ends every page title, so it stays in browser history: never a word such as "whistleblowing". */
  readonly serviceName: string
  /** In the footer, and beside the logo where the NHS look is on; null shows none. */
  readonly organisationName: string | null
  /** `#rrggbb` */
  readonly headerColour: string
  /** `#rrggbb` */
  readonly headerTextColour: string
  /** True shows the NHS logo: for bodies that may use it. */
  readonly nhsLook: boolean
}

/** The NHS identity's own blue, and white on it (5.6 : 1 and more: `contrastRatio`). */
const nhsColours = { headerColour: '#005eb8', headerTextColour: '#ffffff' } as const

export function brandOf({ organisationName, nhsLook, ...values }: BrandValues): Brand {
  const shown = organisationName === '' ? null : organisationName
  return { ...values, organisationName: shown, nhsLook, ...(nhsLook && nhsColours) }
}

export const neutralBrand: Brand = brandOf(firstValues.brand)

/** Throws where the header could not be read: the service does not start with it. */
export function checkBrand(brand: Brand): Brand {
  if (brand.serviceName.trim() === '') throw new Error('brand: the service needs a name')
  const contrast = contrastRatio(brand.headerColour, brand.headerTextColour)
  if (contrast < leastContrast) throw new Error(`brand: header contrast is ${contrast.toFixed(2)} : 1, it has to be 4.5 : 1 or more`)
  return brand
}
