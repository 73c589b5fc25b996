/** The labels of one line. Their values come from fixed sets, so that the number of lines is bounded. */
export type Labels = Readonly<Record<string, string | number>>;

/** A metric that renders itself as Prometheus text. */
export interface Series {
  readonly render: () => readonly string[];
}

function escaped(value: string | number): string {
  const text = String(value);
  if (!/[\\\n"]/.test(text)) return text;
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');
}

const labelled = (name: string, labels: Labels): string => {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${escaped(value)}"`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(",")}}`;
};

/** What a metric is called, and what it means. */
export interface Named {
  readonly name: string;
  readonly help: string;
}

const head = ({ name, help }: Named, type: string): readonly string[] => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
];

/** Something that only grows. */
export function counter(named: Named): Series & { readonly add: (labels: Labels, by?: number) => void } {
  const values = new Map<string, number>();
  return {
    add: (labels, by = 1) => {
      const line = labelled(named.name, labels);
      values.set(line, (values.get(line) ?? 0) + by);
    },
    render: () => [...head(named, "counter"), ...[...values].map(([line, value]) => `${line} ${value}`)],
  };
}

/** Something that is read when it is asked for. */
export function gauge(named: Named, read: () => readonly (readonly [Labels, number])[]): Series {
  return {
    render: () => [
      ...head(named, "gauge"),
      ...read().map(([labels, value]) => `${labelled(named.name, labels)} ${value}`),
    ],
  };
}

const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];

/** How long something took, in seconds. */
export function histogram(
  named: Named,
): Series & { readonly observe: (labels: Labels, seconds: number) => void } {
  const cells = new Map<string, { labels: Labels; counts: number[]; sum: number; count: number }>();
  return {
    observe: (labels, seconds) => {
      const key = labelled("", labels);
      const cell = cells.get(key) ?? { labels, counts: bounds.map(() => 0), sum: 0, count: 0 };
      cells.set(key, cell);
      cell.sum += seconds;
      cell.count += 1;
      for (const [index, bound] of bounds.entries()) {
        if (seconds <= bound) cell.counts[index] = (cell.counts[index] ?? 0) + 1;
      }
    },
    render: () => [
      ...head(named, "histogram"),
      ...[...cells.values()].flatMap(({ labels, counts, sum, count }) => [
        ...bounds.map(
          (le, index) => `${labelled(`${named.name}_bucket`, { ...labels, le })} ${counts[index] ?? 0}`,
        ),
        `${labelled(`${named.name}_bucket`, { ...labels, le: "+Inf" })} ${count}`,
        `${labelled(`${named.name}_sum`, labels)} ${sum}`,
        `${labelled(`${named.name}_count`, labels)} ${count}`,
      ]),
    ],
  };
}
