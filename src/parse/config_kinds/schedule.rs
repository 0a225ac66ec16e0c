//! Scripts that a clock starts: steps of workflows and pipelines, jobs of GitLab and of
//! Kubernetes, tables of cron. The scripts are read as code; what they call outside of loops is
//! called once a period.

use std::ops::Range;

use crate::facts::code::{Amount, BlockKind, CodeFacts};
use crate::facts::routes::{ConfigKind, Repeat, RepeatKind, Retry, Route};
use crate::facts::{FileFacts, Language};
use crate::parse::code::embedded::{self, Script, Style};
use crate::parse::tree::Node;
use crate::source::{Source, Span};

/// The shortest period by which a workflow of GitHub is started.
const GITHUB_SHORTEST: f64 = 300.0;

/// A script and the clock that starts it.
struct Job {
    script: Script,
    clock: Option<(f64, Span)>,
    sometimes: bool,
}

/// Reads workflows, pipelines and jobs.
pub fn read(source: &Source, root: Node<'_>, facts: &mut FileFacts) {
    let mut jobs = Vec::new();
    if let Some(all) = root.get("jobs").or_else(|| root.get("runs")) {
        github(source, root, all, &mut jobs);
    }
    if root.get("steps").is_some() || root.get("stages").is_some() || root.get("jobs").is_some() {
        pipeline(source, root, &mut jobs);
    }
    if root.text("kind") == "CronJob" {
        kubernetes(source, root, &mut jobs);
    }
    if is_gitlab(&source.path) {
        gitlab(source, root, &mut jobs);
    }
    finish(source, jobs, facts);
}

/// Reads a table of cron: five fields, who runs it in some tables, a command.
pub fn crontab(source: &Source, facts: &mut FileFacts) {
    let mut jobs = Vec::new();
    let mut start = 0;
    for line in source.text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let trimmed = line.trim_start();
        let indent = line.len() - trimmed.len();
        let Some(fields) = fields(trimmed) else {
            continue;
        };
        let Some(seconds) = period(&trimmed[..fields]) else {
            continue;
        };
        let command = trimmed[fields..].trim();
        let user = command
            .strip_prefix("root ")
            .unwrap_or(command)
            .trim_start();
        let Some(offset) = line.find(user).filter(|_| !user.is_empty()) else {
            continue;
        };
        let range = at + offset..at + offset + user.len();
        jobs.push(Job {
            script: Script {
                language: Language::Bash,
                pieces: vec![(range, Style::Verbatim)],
                words: false,
            },
            clock: Some((seconds, source.span(at + indent..at + indent + fields))),
            sometimes: false,
        });
    }
    finish(source, jobs, facts);
}

/// The length of the first five fields of a line.
fn fields(line: &str) -> Option<usize> {
    let mut words = 0;
    let mut inside = false;
    for (at, c) in line.char_indices() {
        if c.is_whitespace() {
            words += usize::from(inside);
            inside = false;
            if words == 5 {
                return Some(at);
            }
        } else if c.is_ascii_digit() || matches!(c, '*' | '/' | ',' | '-') || words > 2 {
            inside = true;
        } else {
            return None;
        }
    }
    None
}

/// Seconds from one start to the next in an hour in which there are any.
fn period(cron: &str) -> Option<f64> {
    let minutes = cron.split_whitespace().next()?;
    if cron.split_whitespace().count() != 5 {
        return None;
    }
    let mut starts = 0.0;
    for item in minutes.split(',') {
        let (span, step) = match item.split_once('/') {
            Some((span, step)) => (span, step.parse::<f64>().ok().filter(|step| *step >= 1.0)?),
            None => (item, 1.0),
        };
        let length: f64 = match span.split_once('-') {
            Some((from, to)) => to.parse::<f64>().ok()? - from.parse::<f64>().ok()? + 1.0,
            None if span == "*" => 60.0,
            None => {
                span.parse::<f64>().ok()?;
                1.0
            }
        };
        starts += (length / step).ceil();
    }
    (starts >= 1.0).then(|| 3600.0 / f64::min(starts, 60.0))
}

/// The shortest period of a list of schedules, none of them shorter than `least`.
fn shortest(schedules: Option<Node<'_>>, least: f64) -> Option<(f64, Span)> {
    schedules
        .into_iter()
        .flat_map(Node::children)
        .filter_map(|entry| entry.get("cron"))
        .filter_map(|cron| Some((period(cron.value())?.max(least), cron.span())))
        .min_by(|a, b| a.0.total_cmp(&b.0))
}

fn github<'t>(source: &Source, root: Node<'t>, all: Node<'t>, jobs: &mut Vec<Job>) {
    let clock = shortest(root.at(&["on", "schedule"]), GITHUB_SHORTEST);
    variables(source, root.get("env"), jobs);
    let shell = |node: Node<'t>| node.at(&["defaults", "run", "shell"]).map(Node::value);
    // The steps of an action stand where those of a job do.
    let holders: Vec<Node<'_>> = if all.get("steps").is_some() {
        vec![all]
    } else {
        all.children().collect()
    };
    for job in holders {
        let usual = shell(job).or_else(|| shell(root)).unwrap_or({
            if job.text("runs-on").starts_with("windows") {
                "pwsh"
            } else {
                "bash"
            }
        });
        variables(source, job.get("env"), jobs);
        for step in job.get("steps").into_iter().flat_map(Node::children) {
            variables(source, step.get("env"), jobs);
            let Some(run) = step.get("run") else { continue };
            let shell = step.get("shell").map_or(usual, Node::value);
            let Some(language) = language(shell) else {
                continue;
            };
            jobs.push(Job {
                script: script(source, language, run),
                clock,
                sometimes: step.get("if").is_some() || job.get("if").is_some(),
            });
        }
    }
}

/// Steps of Azure Pipelines, which name their shell.
fn pipeline(source: &Source, root: Node<'_>, jobs: &mut Vec<Job>) {
    let clock = shortest(root.get("schedules"), 0.0);
    for steps in root
        .descendants()
        .chain([root])
        .filter_map(|node| node.get("steps"))
    {
        for step in steps.children() {
            let named = ["bash", "pwsh", "powershell", "script"]
                .into_iter()
                .find_map(|key| Some((language(key)?, step.get(key)?)));
            if let Some((language, script)) = named.filter(|(_, script)| script.is_empty()) {
                jobs.push(Job {
                    script: self::script(source, language, script),
                    clock,
                    sometimes: step.get("condition").is_some(),
                });
            }
        }
    }
}

/// Whether a file is a pipeline of GitLab or is taken into one.
fn is_gitlab(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.ends_with(".gitlab-ci.yml")
        || name.ends_with(".gitlab-ci.yaml")
        || path.starts_with(".gitlab/ci/")
        || path.starts_with(".gitlab-ci/")
}

/// Jobs of GitLab. Their clock is kept by the server, not in the file.
fn gitlab(source: &Source, root: Node<'_>, jobs: &mut Vec<Job>) {
    for node in [root].into_iter().chain(root.descendants()) {
        variables(source, node.get("variables"), jobs);
        let image = node.get("image");
        let image = image.map(|image| image.get("name").unwrap_or(image).value());
        let language = match image {
            Some(name) if name.contains("powershell") => Language::PowerShell,
            _ => Language::Bash,
        };
        for key in ["before_script", "script", "after_script"] {
            // A job of this name would hold a script and be none.
            let Some(own) = node.get(key).filter(|own| own.get("script").is_none()) else {
                continue;
            };
            let lines: Vec<_> = [own]
                .into_iter()
                .chain(own.descendants())
                .filter(|line| line.is_empty() && !line.value().is_empty())
                .map(|line| piece(source, line))
                .collect();
            jobs.push(Job {
                script: Script {
                    language,
                    pieces: lines,
                    words: false,
                },
                clock: None,
                sometimes: false,
            });
        }
    }
}

/// Variables that a file sets for its scripts, those that hold an address.
fn variables(source: &Source, node: Option<Node<'_>>, jobs: &mut Vec<Job>) {
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    };
    let set = node
        .into_iter()
        .flat_map(Node::children)
        .filter(|own| is_name(own.key()) && own.value().contains("://"))
        .filter(|own| !own.value().contains(char::is_whitespace))
        .filter(|own| source.slice(own.key_span()) == own.key())
        .map(|own| own.key_span().start as usize..own.span().end as usize)
        .filter(|range| {
            !source
                .text
                .get(range.clone())
                .is_none_or(|own| own.contains('\n'))
        });
    jobs.extend(set.map(|range| Job {
        script: Script {
            language: Language::Bash,
            pieces: vec![(range, Style::Assigned)],
            words: false,
        },
        clock: None,
        sometimes: false,
    }));
}

fn kubernetes(source: &Source, root: Node<'_>, jobs: &mut Vec<Job>) {
    let clock = root
        .at(&["spec", "schedule"])
        .and_then(|cron| Some((period(cron.value())?, cron.span())));
    for containers in root.descendants().filter(|node| node.key() == "containers") {
        for container in containers.children() {
            let words: Vec<Node<'_>> = ["command", "args"]
                .into_iter()
                .filter_map(|key| container.get(key))
                .flat_map(Node::children)
                .collect();
            let told = words
                .iter()
                .position(|word| matches!(word.value(), "-c" | "-ec" | "-ce" | "-lc"));
            let script = match told {
                Some(at) => words
                    .get(at + 1)
                    .map(|word| script(source, Language::Bash, *word)),
                // A command without a shell, a word an item.
                None => Some(Script {
                    language: Language::Bash,
                    pieces: words
                        .iter()
                        .map(|word| (word.span().range(), Style::Folded))
                        .collect(),
                    words: true,
                }),
            };
            jobs.extend(script.map(|script| Job {
                script,
                clock,
                sometimes: false,
            }));
        }
    }
}

fn language(shell: &str) -> Option<Language> {
    let name = shell.split_whitespace().next().unwrap_or(shell);
    Some(match name.rsplit('/').next().unwrap_or(name) {
        "bash" | "sh" | "zsh" | "script" => Language::Bash,
        "pwsh" | "powershell" => Language::PowerShell,
        "python" | "python3" => Language::Python,
        _ => return None,
    })
}

fn script(source: &Source, language: Language, node: Node<'_>) -> Script {
    Script {
        language,
        pieces: vec![piece(source, node)],
        words: false,
    }
}

/// Where the text of a node stands and how.
fn piece(source: &Source, node: Node<'_>) -> (Range<usize>, Style) {
    let range = node.span().range();
    let raw = source.text.get(range.clone()).unwrap_or("");
    let quoted = range
        .start
        .checked_sub(1)
        .is_some_and(|before| source.text.as_bytes().get(before) == Some(&b'"'));
    let style = if quoted && raw.contains('\\') {
        Style::Escaped
    } else if raw.contains('\n') && !node.value().trim_end().contains('\n') {
        Style::Folded
    } else {
        Style::Verbatim
    };
    (range, style)
}

fn finish(source: &Source, jobs: Vec<Job>, facts: &mut FileFacts) {
    let scripts: Vec<Script> = jobs.iter().map(|job| job.script.clone()).collect();
    if facts.code.language.is_some() || !embedded::scripts(source, &scripts, facts) {
        return;
    }
    for job in &jobs {
        if let Some(clock) = job.clock {
            calls(&facts.code, job, clock, &mut facts.routes);
        }
    }
}

/// What a script calls each time that it runs.
fn calls(code: &CodeFacts, job: &Job, clock: (f64, Span), routes: &mut Vec<Route>) {
    let (seconds, span) = clock;
    let holds = |place: Span| {
        let place = place.range();
        let pieces = &job.script.pieces;
        pieces
            .first()
            .zip(pieces.last())
            .is_some_and(|(first, last)| first.0.start <= place.start && place.end <= last.0.end)
    };
    for call in code
        .calls
        .iter()
        .filter(|call| call.request && holds(call.span))
    {
        let Some(url) = &call.url else { continue };
        let mut around = code.ancestors(call.block).map(|(_, block)| &block.kind);
        let mut sometimes = job.sometimes;
        let repeated = around.any(|kind| {
            sometimes |= matches!(kind, BlockKind::Arm { .. } | BlockKind::Handler);
            matches!(kind, BlockKind::Loop(_) | BlockKind::Function(_))
        });
        if repeated {
            continue;
        }
        let mut route = Route::new(ConfigKind::Schedule, url.clone(), call.span);
        route.method.clone_from(&call.method);
        route.sometimes = sometimes;
        route.repeat = Some(Repeat {
            kind: RepeatKind::Schedule,
            span,
            calls: 1,
            width: Amount::fixed(1.0),
            seconds: Some(Amount::fixed(seconds)),
            rounds: None,
            setting: span,
        });
        if let Some(backoff) = code.backoffs.iter().find(|backoff| holds(backoff.span)) {
            route.retry = Retry::Policy(backoff.span);
        }
        routes.push(route);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{calls, routes};
    use super::period;

    #[test]
    fn periods_of_cron() {
        for (cron, seconds) in [
            ("* * * * *", Some(60.0)),
            ("*/5 8-18 * * 1-5", Some(300.0)),
            ("0,30 * * * *", Some(1800.0)),
            ("10-19/2 * * * *", Some(720.0)),
            ("0 6 * * *", Some(3600.0)),
            ("x * * * *", None),
            ("* * * *", None),
            ("*/0 * * * *", None),
        ] {
            assert_eq!(period(cron), seconds, "{cron}");
        }
    }

    #[test]
    fn steps_jobs_and_tables() {
        let workflow = "on:\n  schedule:\n    - cron: '* * * * *'\njobs:\n  a:\n    steps:\n      - run: |\n          curl -s -H \"A: ${{ secrets.T }}\" https://h.example/api/alerts\n          for i in 1 2; do curl https://h.example/x/$i; done\n      - if: failure()\n        run: >-\n          curl\n          -X POST https://h.example/y\n";
        assert_eq!(
            routes(".github/workflows/a.yml", workflow),
            [
                "https://h.example/api/alerts Schedule 1×1 every 300 most -",
                "POST https://h.example/y sometimes Schedule 1×1 every 300 most -",
            ]
        );
        let words = "kind: CronJob\nspec:\n  schedule: '0 * * * *'\n  containers:\n    - command:\n        - curl\n        - -s\n        - https://h.example/b\n";
        assert_eq!(
            routes("job.yaml", words),
            ["https://h.example/b Schedule 1×1 every 3600 most -"]
        );
        let job = "kind: CronJob\nspec:\n  schedule: '*/2 * * * *'\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n            - command: [/bin/sh, -c]\n              args: [\"curl https://h.example/\\\"a\\\"\"]\n";
        assert_eq!(
            routes("job.yaml", job),
            ["https://h.example/ a Schedule 1×1 every 120 most -"]
        );
        let gitlab = "variables:\n  MDE: \"https://h.example\"\ndefault:\n  before_script: echo\n.export:\n  script:\n    - 'for i in 1 2; do curl \"$MDE/x/$i\"; done'\n    - |\n      curl -X POST $MDE/y\n";
        assert_eq!(
            calls(".gitlab-ci.yml", gitlab),
            ["https://h.example/x/{}", "POST https://h.example/y"]
        );
        let table = "# c\nMAILTO=x\n* * * * * root curl --retry 3 https://h.example/z >/dev/null\n@hourly curl https://h.example/no\n";
        assert_eq!(
            routes("crontab", table),
            ["https://h.example/z Schedule 1×1 every 60 most - retries"]
        );
    }
}
