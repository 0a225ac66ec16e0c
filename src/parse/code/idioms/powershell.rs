//! Libraries of PowerShell.

use crate::parse::code::idiom::{Does, Idiom, Over};

/// The idioms.
pub const IDIOMS: &[Idiom] = &[
    // A person decides when the next round comes.
    Idiom::new("input", &["read-host", "pause"], Does::Person),
    Idiom::new(
        "Start-Sleep",
        &["start-sleep.milliseconds"],
        Does::Sleep(&["milliseconds", "ms"], 0.001),
    ),
    Idiom::new(
        "Start-Sleep",
        &["start-sleep", "sleep"],
        Does::Sleep(&["seconds", "duration", "#0"], 1.0),
    ),
    Idiom::new(
        "Thread.Sleep",
        &["threading.thread.sleep", "task.delay", "thread.sleep"],
        Does::Sleep(&["#0"], 0.001),
    ),
    Idiom::new(
        "TimeSpan",
        &["timespan.frommilliseconds"],
        Does::Duration(&["#0"], 0.001),
    ),
    Idiom::new(
        "TimeSpan",
        &["timespan.fromseconds"],
        Does::Duration(&["#0"], 1.0),
    ),
    Idiom::new(
        "TimeSpan",
        &["timespan.fromminutes"],
        Does::Duration(&["#0"], 60.0),
    ),
    Idiom::new(
        "New-TimeSpan",
        &["new-timespan"],
        Does::Duration(&["seconds"], 1.0),
    ),
    Idiom::new(
        "Invoke-RestMethod",
        &["invoke-restmethod", "irm"],
        Does::Request(&["uri", "#0"]),
    ),
    Idiom::new(
        "Invoke-WebRequest",
        &["invoke-webrequest", "iwr", "curl", "wget"],
        Does::Request(&["uri", "#0"]),
    ),
    Idiom::new(
        "ForEach-Object -Parallel",
        &["foreach-object.parallel"],
        Does::EachAtOnce(Over::Pipeline, &["throttlelimit", "=5"]),
    ),
    Idiom::new(
        "ForEach-Object",
        &["foreach-object", "%", "foreach"],
        Does::Each(Over::Pipeline),
    ),
    Idiom::new("Start-Job", &["start-job", "addscript"], Does::Spawn),
    Idiom::new(
        "Start-ThreadJob",
        &["start-threadjob"],
        Does::SpawnAtMost(&["throttlelimit", "=5"]),
    ),
    Idiom::new(
        "runspace pool",
        &["runspacefactory.createrunspacepool"],
        Does::Width(&["#1"]),
    ),
    Idiom::new(
        "Uri",
        &["uri.new", "system.uri.new"],
        Does::Address(&["#0"]),
    ),
];
