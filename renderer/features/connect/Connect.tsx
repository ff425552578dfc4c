/** How to get traffic here: a browser button, lines to copy, the certificate and who must trust it, a code for phones. */
import { CircleCheck, Globe } from 'lucide-react';
import { useState } from 'react';
import type { ConnectInfo } from '#model/contract/contract.ts';
import { toSluiceError } from '#model/errors.ts';
import { useApp } from '../../app.ts';
import { useCall } from '../../rpc/use-rpc.ts';
import { useHost } from '../../state/host.ts';
import { useView } from '../../state/view.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Spinner } from '../../ui/Progress.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { toast } from '../../ui/toast.ts';
import { CopyButton } from '../../views/parts/CopyButton.tsx';
import { Certificate } from './Certificate.tsx';
import styles from './Connect.module.css';
import { Doctor, RECIPES_ID } from './Doctor.tsx';
import { QrCode } from './QrCode.tsx';
import { connectText } from './text.ts';

export function Connect() {
  const { data, error } = useCall('connect.info', {});
  const info = useHost((state) => state.info);
  const browsers = useBrowsers();
  const browser = data?.browsers[0];
  if (error) return <EmptyState title={connectText.failed}>{error.message}</EmptyState>;
  if (!data || !info)
    return (
      <div className={styles.center}>
        <Spinner label={connectText.loading} />
      </div>
    );
  return (
    <section className={styles.root} aria-labelledby="connect-title">
      <div className={styles.page}>
        <header className={styles.head}>
          <h1 id="connect-title" className={styles.title}>
            {connectText.title}
          </h1>
          <p className={styles.lead}>
            {connectText.leadBefore}
            <code className={styles.address}>
              {info.proxy}
              <CopyButton label={connectText.copyProxy} text={() => info.proxy} />
            </code>
            {connectText.leadAfter}
          </p>
        </header>
        <FirstSession />
        <Doctor onOpenBrowser={browser === undefined ? undefined : () => void browsers.open(browser.id)} />
        <div className={styles.columns}>
          <div className={styles.column}>
            <Browsers browsers={data.browsers} {...browsers} />
            <Recipes recipes={data.recipes} />
            <QrCode
              svg={data.qrSvg}
              address={data.phoneUrl ?? data.certificateUrl}
              reachable={data.phoneUrl !== undefined}
            />
          </div>
          <div className={styles.column}>
            <Certificate info={info} connect={data} />
          </div>
        </div>
      </div>
    </section>
  );
}

/** Turns green when someone's encrypted traffic could be read. */
function FirstSession() {
  const decrypted = useHost((state) => state.status?.decrypted ?? 0);
  const show = useView((state) => state.show);
  const connected = decrypted > 0;
  return (
    <div className={cx(styles.status, connected && styles.connected)} role="status">
      {connected ? <CircleCheck size={16} aria-hidden="true" /> : <span className={styles.pulse} />}
      <span className={styles.statusText}>
        {connected ? connectText.connected(decrypted) : connectText.waiting}
      </span>
      {connected ? (
        <Button size="small" onClick={() => show('sessions')}>
          {connectText.showSessions}
        </Button>
      ) : null}
    </div>
  );
}

/** Opens browsers one at a time; `opening` is the one on its way. */
function useBrowsers() {
  const { rpc } = useApp();
  const [opening, setOpening] = useState<string | undefined>(undefined);
  const open = async (browser: string) => {
    setOpening(browser);
    try {
      await rpc.call('connect.openBrowser', { browser });
    } catch (cause) {
      toast(toSluiceError(cause).message, { tone: 'err' });
    } finally {
      setOpening(undefined);
    }
  };
  return { opening, open };
}

type BrowsersProps = Pick<ConnectInfo, 'browsers'> & ReturnType<typeof useBrowsers>;

function Browsers({ browsers, opening, open }: BrowsersProps) {
  return (
    <section className={styles.card}>
      <h2 className={styles.cardTitle}>{connectText.browsers}</h2>
      <p className={styles.text}>{browsers.length > 0 ? connectText.browsersText : connectText.noBrowsers}</p>
      <div className={styles.buttons}>
        {browsers.map(({ id, name }, i) => (
          <Button
            key={id}
            variant={i === 0 ? 'primary' : 'default'}
            disabled={opening !== undefined}
            onClick={() => void open(id)}
          >
            <Globe size={14} aria-hidden="true" />
            {opening === id ? connectText.opening : connectText.openBrowser(name)}
          </Button>
        ))}
      </div>
    </section>
  );
}

function Recipes({ recipes }: Pick<ConnectInfo, 'recipes'>) {
  const [chosen, setChosen] = useState(recipes[0]?.id ?? '');
  if (recipes.length === 0) return null;
  return (
    <section id={RECIPES_ID} tabIndex={-1} className={styles.card}>
      <h2 className={styles.cardTitle}>{connectText.recipes}</h2>
      <p className={styles.text}>{connectText.recipesText}</p>
      <Tabs
        label={connectText.recipes}
        tabs={recipes.map(({ id, label }) => ({ id, label }))}
        value={chosen}
        onChange={setChosen}
        className={styles.recipes ?? ''}
      >
        {(id) => {
          const recipe = recipes.find((one) => one.id === id);
          return recipe ? (
            <>
              <div className={styles.code}>
                <pre>{recipe.code}</pre>
                <CopyButton label={connectText.copyRecipe(recipe.label)} text={() => recipe.code} />
              </div>
              {recipe.note ? <p className={styles.note}>{recipe.note}</p> : null}
            </>
          ) : null;
        }}
      </Tabs>
    </section>
  );
}
