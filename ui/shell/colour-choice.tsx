/** Light, dark, or as the machine: three lines of the menu of who is here. */
import { type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Icon, type IconName } from '../parts/icons.tsx'

const CHOICES: [MantineColorScheme, IconName][] = [
  ['light', 'sun'],
  ['dark', 'moon'],
  ['auto', 'screen'],
]

export function ColourChoice() {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <>
      <Menu.Label>{t('shell.colours')}</Menu.Label>
      {CHOICES.map(([scheme, icon]) => (
        <Menu.RadioItem
          key={scheme}
          value={scheme}
          checked={colorScheme === scheme}
          onChange={() => setColorScheme(scheme)}
          closeMenuOnClick={false}
          checkIcon={<Icon name="check" size={16} />}
          rightSection={<Icon name={icon} size={18} />}
        >
          {t(`shell.colours-${scheme}`)}
        </Menu.RadioItem>
      ))}
    </>
  )
}
