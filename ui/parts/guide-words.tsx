/** A guide's own words, which come as plain lines: "• " makes a list, a web address or a right stands out. */
import { List, Stack, Text } from '@mantine/core'
import { Fragment } from 'react'

/** Rights and addresses are read letter by letter, so they get their own letters. */
function letters(line: string) {
  return line.split(/(https?:\/\/\S+[^\s.,]|\b(?:read|write)_[a-z_]+\b)/).map((part, at) =>
    at % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one fixed text never move.
      <code key={at} className="letters">
        {part}
      </code>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above.
      <Fragment key={at}>{part}</Fragment>
    ),
  )
}

export function GuideWords({ text }: { text: string }) {
  const blocks: { list: boolean; lines: string[] }[] = []
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    const list = line.startsWith('• ')
    const last = blocks.at(-1)
    if (last?.list && list) last.lines.push(line.slice(2))
    else blocks.push({ list, lines: [list ? line.slice(2) : line] })
  }
  return (
    <Stack gap="xs">
      {blocks.map((block) =>
        block.list ? (
          <List key={block.lines[0]} spacing={4} size="md" listStyleType="disc">
            {block.lines.map((line) => (
              <List.Item key={line}>{letters(line)}</List.Item>
            ))}
          </List>
        ) : (
          <Text key={block.lines[0]}>{letters(block.lines[0] ?? '')}</Text>
        ),
      )}
    </Stack>
  )
}

/** "Shopify Admin > Inställningar > Platser" as steps on a path. */
export function MenuPath({ path, label }: { path: string; label: string }) {
  return (
    <nav className="path" aria-label={label}>
      <ol>
        {path.split('>').map((step) => (
          <li key={step}>{step.trim()}</li>
        ))}
      </ol>
    </nav>
  )
}
