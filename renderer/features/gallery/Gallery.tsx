/**
 * Every primitive of renderer/ui in its states, in each theme side by side. For who builds the workbench: development builds have it at
 * #/gallery, others do not hold it. It shows made-up data and asks the host for nothing.
 */
import { Copy, Search } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Badge, type Tone } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Confirmations } from '../../ui/Confirmations.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Field, Input } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Menu, PointMenu } from '../../ui/Menu.tsx';
import { MethodLabel } from '../../ui/MethodLabel.tsx';
import { Progress, Spinner } from '../../ui/Progress.tsx';
import { Select } from '../../ui/Select.tsx';
import { SeverityIcon } from '../../ui/SeverityIcon.tsx';
import { SidePane } from '../../ui/SidePane.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { StatusLabel } from '../../ui/StatusLabel.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { Tooltip } from '../../ui/Tooltip.tsx';
import { toast } from '../../ui/toast.ts';
import { Notice } from '../../views/parts/Notice.tsx';
import { Segmented } from '../../views/parts/Segmented.tsx';
import { SEVERITIES, SeverityBadge } from '../../views/parts/SeverityBadge.tsx';
import styles from './Gallery.module.css';
import { MENU, METHODS, makeQuestion, STATUSES } from './gallery-data.ts';

const THEMES = [
  ['Dark', 'dark', undefined],
  ['Light', 'light', undefined],
  ['Dark, more contrast', 'dark', 'more'],
  ['Light, more contrast', 'light', 'more'],
] as const;
const TONES: readonly Tone[] = ['neutral', 'ok', 'info', 'warn', 'err', 'violet', 'accent'];
const VARIANTS = ['default', 'primary', 'danger', 'ghost'] as const;

export function Gallery() {
  const [dialog, setDialog] = useState(false);
  const [point, setPoint] = useState<{ x: number; y: number }>();
  return (
    <main className={styles.page}>
      <h1 className={styles.title}>Primitives</h1>
      <div className={styles.opened}>
        <Button onClick={() => setDialog(true)}>Open a dialog</Button>
        <Button onClick={() => void makeQuestion()}>Ask a question</Button>
        <Button onClick={(event) => setPoint({ x: event.clientX, y: event.clientY })}>
          Open a menu at a point
        </Button>
        {(['ok', 'err'] as const).map((tone) => (
          <Button key={tone} onClick={() => toast(`A toast, ${tone}`, { tone, detail: 'With a detail' })}>
            Toast: {tone}
          </Button>
        ))}
      </div>
      <div className={styles.themes}>
        {THEMES.map(([name, theme, contrast]) => (
          <section
            key={name}
            className={styles.theme}
            data-theme={theme}
            data-contrast={contrast}
            aria-label={name}
          >
            <h2 className={styles.name}>{name}</h2>
            <Primitives />
          </section>
        ))}
      </div>
      <Dialog open={dialog} onClose={() => setDialog(false)} title="A dialog" description="What it is about.">
        Its content.
      </Dialog>
      <PointMenu label="A menu" at={point} entries={MENU} onClose={() => setPoint(undefined)} />
      <Confirmations />
    </main>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={styles.part}>
      <h3 className={styles.partTitle}>{title}</h3>
      <div className={styles.row}>{children}</div>
    </div>
  );
}

function Primitives() {
  const [tab, setTab] = useState('one');
  const [choice, setChoice] = useState('a');
  const options = [
    { value: 'a', label: 'First' },
    { value: 'b', label: 'Second' },
  ];
  return (
    <>
      <Part title="Button">
        {VARIANTS.map((variant) => (
          <Button key={variant} variant={variant}>
            {variant}
            <Kbd keys="Ctrl+K" />
          </Button>
        ))}
        {VARIANTS.map((variant) => (
          <Button key={variant} variant={variant} size="small">
            small
          </Button>
        ))}
        {VARIANTS.map((variant) => (
          <Button key={variant} variant={variant} disabled>
            disabled
          </Button>
        ))}
      </Part>
      <Part title="IconButton, Tooltip, Menu">
        <IconButton label="Copy">
          <Copy size={16} />
        </IconButton>
        <IconButton label="Copy, small" size="small">
          <Copy size={14} />
        </IconButton>
        <IconButton label="Copy, disabled" disabled>
          <Copy size={16} />
        </IconButton>
        <Tooltip label="What it does" shortcut="F12">
          <Button>With a tooltip</Button>
        </Tooltip>
        <Menu entries={MENU}>
          <Button>Menu</Button>
        </Menu>
      </Part>
      <Part title="Field, Input">
        <Input aria-label="Empty" placeholder="Placeholder" />
        <Input aria-label="Filled" defaultValue="Filled" />
        <Input aria-label="Monospaced" mono defaultValue="response.body.id" />
        <Input aria-label="Wrong" aria-invalid defaultValue="Wrong" />
        <Input aria-label="Disabled" disabled defaultValue="Disabled" />
        <Field label="With help" help="What to type.">
          <Input />
        </Field>
        <Field label="With an error" error="Type a number.">
          <Input defaultValue="x" />
        </Field>
      </Part>
      <Part title="Select, Segmented, Tabs">
        <Select label="Choice" value={choice} options={options} onChange={setChoice} />
        <Segmented label="Choice" value={choice} options={options} onChange={setChoice} />
        <Tabs
          label="Tabs"
          value={tab}
          onChange={setTab}
          tabs={[
            { id: 'one', label: 'One' },
            { id: 'two', label: 'Two', count: 18 },
            { id: 'off', label: 'Disabled', disabled: true },
          ]}
        >
          {(id) => <p className={styles.panel}>Panel {id}</p>}
        </Tabs>
      </Part>
      <Part title="Badge, Kbd">
        {TONES.map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ))}
        <Kbd keys="Ctrl+Shift+P" />
      </Part>
      <Part title="MethodLabel, StatusLabel">
        {METHODS.map((row) => (
          <MethodLabel key={`${row.method} ${row.kind}`} row={row} />
        ))}
        {STATUSES.map((row) => (
          <StatusLabel key={`${row.status} ${row.state}`} row={row} reason="" />
        ))}
      </Part>
      <Part title="SeverityIcon, SeverityBadge">
        {SEVERITIES.map((severity) => (
          <span key={severity} className={styles.pair}>
            <SeverityIcon severity={severity} />
            <SeverityBadge severity={severity} />
          </span>
        ))}
      </Part>
      <Part title="Notice">
        {(['info', 'warn', 'err'] as const).map((tone) => (
          <Notice key={tone} tone={tone}>
            A notice, {tone}
          </Notice>
        ))}
      </Part>
      <Part title="Progress, Spinner">
        <Spinner label="Waiting" />
        <Progress label="Nothing yet" value={0} />
        <Progress label="Half" value={0.5} />
        <Progress label="All" value={1} />
        <Progress label="Not known" value={null} />
      </Part>
      <Part title="SplitPane">
        <div className={styles.split}>
          <SplitPane
            id="gallery"
            direction="horizontal"
            first={<p className={styles.panel}>First</p>}
            second={<p className={styles.panel}>Second</p>}
            secondSize="40%"
            minFirst={60}
            minSecond={60}
          />
        </div>
      </Part>
      <Part title="SidePane">
        <div className={styles.split}>
          <SidePane
            id="gallery-side"
            size={120}
            min={60}
            max={200}
            side={<p className={styles.panel}>At the side</p>}
          >
            <p className={styles.panel}>Main</p>
          </SidePane>
        </div>
      </Part>
      <Part title="EmptyState">
        <EmptyState
          icon={<Search size={20} />}
          title="Nothing here"
          actions={<Button variant="primary">Do it</Button>}
        >
          It says why, and what to do next.
        </EmptyState>
      </Part>
      <Part title="Text">
        <p>
          Data <span className={styles.second}>secondary</span> <span className={styles.third}>labels</span>{' '}
          <a href="#/gallery">Address of this page</a> <code>code</code> <mark>marked</mark> 0123456789
        </p>
      </Part>
    </>
  );
}
