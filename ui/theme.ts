/** One accent colour, system fonts, calm spacing; light or dark. Shades 9 and 8, because lighter ones fail the contrast that WCAG AA asks for. */
import { type CSSVariablesResolver, createTheme, localStorageColorSchemeManager, type MantineColorsTuple } from '@mantine/core'

const pine: MantineColorsTuple = ['#eef6f3', '#dcece7', '#b9dad0', '#93c7b7', '#72b5a2', '#559f8b', '#3d8c78', '#287b67', '#186f5b', '#0f5f4e']

/** For what needs somebody; the library's own orange is too light on its tint. */
const orange: MantineColorsTuple = ['#fdf3e9', '#fbe6d2', '#f5cba6', '#eeae76', '#e6944d', '#d97a2b', '#c26317', '#a8500d', '#984605', '#8a3b00']

/** From words to ground, with the accent's green in them; the library's own are a colder grey. */
const dark: MantineColorsTuple = ['#e6ebe9', '#c6cecb', '#a7b1ad', '#97a29d', '#46504c', '#2c3431', '#232a27', '#1a1f1d', '#111514', '#0b0e0d']

export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: { light: 9, dark: 8 },
  autoContrast: true,
  colors: { pine, orange, dark },
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

/** The library's own colours where ours stand for the same (ui/colours.css): its dimmed, placeholder and error are too light on white. */
const ours = {
  '--mantine-color-dimmed': 'var(--ink-soft)',
  '--mantine-color-placeholder': 'var(--ink-hint)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-body': 'var(--card)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-default-border': 'var(--line)',
}
export const variables: CSSVariablesResolver = () => ({ variables: {}, light: ours, dark: ours })

/** Light, dark or as the machine: a machine's own choice, since a bright shop and a dim office share one person. */
export const schemes = localStorageColorSchemeManager({ key: 'lagerbro.colours' })

/** As it was chosen, or as the machine has it now. */
export function schemeNow(): 'light' | 'dark' {
  const chosen = schemes.get('auto')
  return chosen === 'auto' ? (window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light') : chosen
}
