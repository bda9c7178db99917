/** The field above a list that narrows it down. */
import { TextInput } from '@mantine/core'
import { Icon } from './icons.tsx'

export function SearchField({ label, value, onChange }: { label: string; value: string; onChange: (typed: string) => void }) {
  return (
    <TextInput
      className="tools-search"
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<Icon name="search" size={18} />}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
