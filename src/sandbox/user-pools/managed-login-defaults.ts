// What Cognito provides for managed login where a style says nothing. The real document is about 120 KB; this is
// enough of its shape to tell a merged read from one of customised values only.
import type { Members } from '../service.ts'

export const providedSettings: Members = {
  categories: {
    auth: {
      authMethodOrder: [[{ display: 'BUTTON', type: 'FEDERATED' }]],
      federation: { interfaceStyle: 'BUTTON_LIST', order: [] },
    },
    form: {
      displayGraphics: true,
      instructions: { enabled: false },
      languageSelector: { enabled: false },
      location: { horizontal: 'CENTER', vertical: 'CENTER' },
      sessionTimerDisplay: 'NONE',
    },
    global: {
      colorSchemeMode: 'LIGHT',
      pageFooter: { enabled: false },
      pageHeader: { enabled: false },
      spacingDensity: 'REGULAR',
    },
    signUp: { acceptanceElements: [{ enforcement: 'NONE', textKey: 'en' }] },
  },
  componentClasses: {
    buttons: { borderRadius: 8 },
    focusState: { darkMode: { borderColor: '539fe5ff' }, lightMode: { borderColor: '0972d3ff' } },
    input: { borderRadius: 8 },
  },
  components: {
    favicon: { enabledTypes: ['ICO', 'SVG'] },
    form: {
      backgroundImage: { enabled: false },
      borderRadius: 8,
      logo: { enabled: false, formInclusion: 'IN' },
    },
    pageBackground: { image: { enabled: true } },
  },
}

export const providedAssets: Members[] = [
  {
    Category: 'PAGE_BACKGROUND',
    ColorMode: 'LIGHT',
    Extension: 'SVG',
    Bytes: 'PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=',
    ResourceId: 'cognito-page-background-light',
  },
]
