/** One accent colour, system fonts, calm spacing. Shade 9 everywhere, because lighter ones fail the contrast that WCAG AA asks for. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const pine: MantineColorsTuple = ['#eef6f3', '#dcece7', '#b9dad0', '#93c7b7', '#72b5a2', '#559f8b', '#3d8c78', '#287b67', '#186f5b', '#0f5f4e']

/** For what needs somebody; the library's own orange is too light on its tint. */
const orange: MantineColorsTuple = ['#fdf3e9', '#fbe6d2', '#f5cba6', '#eeae76', '#e6944d', '#d97a2b', '#c26317', '#a8500d', '#984605', '#8a3b00']

export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: 9,
  autoContrast: true,
  colors: { pine, orange },
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace",
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.75rem', lineHeight: '1.2' }, h2: { fontSize: '1.2rem', lineHeight: '1.3' }, h3: { fontSize: '1rem', lineHeight: '1.4' } },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    InputWrapper: { defaultProps: { withAsterisk: false } },
    Button: { defaultProps: { size: 'md' } },
    TextInput: { defaultProps: { size: 'md' } },
    Textarea: { defaultProps: { size: 'md' } },
    PasswordInput: { defaultProps: { size: 'md' } },
    NumberInput: { defaultProps: { size: 'md' } },
    Select: { defaultProps: { size: 'md', allowDeselect: false } },
    NativeSelect: { defaultProps: { size: 'md' } },
    Checkbox: { defaultProps: { size: 'md' } },
    Paper: { defaultProps: { withBorder: true, radius: 'lg', p: 'lg' } },
  },
})

/** Mantine's own dimmed, placeholder and error colours are too light on white. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#566068',
    '--mantine-color-placeholder': '#6b747c',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-text': '#1b2126',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-anchor': '#0f5f4e',
    '--mantine-color-default-border': '#dfe3e1',
  },
  dark: {},
})
