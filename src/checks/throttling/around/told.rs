//! How findings on calls are told: with the sentence, the chain of calls and the place.

use super::Repeated;
use crate::checks::throttling::program::{CallId, Program};
use crate::checks::throttling::reach::Reach;
use crate::facts::FileKind;
use crate::facts::code::BlockId;
use crate::finding::{Confidence, Finding, Related, Sentence, Severity};
use crate::pack::vocabulary::{Limit, Limits};
use crate::source::Span;

/// The sentence that documents a limit; `None` for the default one, which is the clause's,
/// and where no number is documented.
pub fn sentence(limits: &Limits, limit: &Limit) -> Option<Sentence> {
    let own = limit.id != limits.default && !limit.windows.is_empty();
    own.then(|| Sentence {
        url: limit.source.url.clone(),
        quote: (limit.source.quote.split_whitespace())
            .collect::<Vec<_>>()
            .join(" "),
    })
}

/// Points at each call between the one in the loop and the request, and at the request.
pub fn with_chain(
    program: &Program<'_>,
    mut finding: Finding,
    chain: &[CallId],
    step: &str,
    request: &str,
) -> Finding {
    let Some((last, between)) = chain.get(1..).and_then(<[CallId]>::split_last) else {
        return finding;
    };
    // One way is told: that of the first call that is judged.
    if finding.flow.is_empty() {
        let told = |id: &CallId, message: &str| Related {
            span: program.call(*id).span,
            message: message.to_owned(),
        };
        let steps = chain[..chain.len() - 1].iter().map(|id| told(id, step));
        finding.flow = steps.chain([told(last, request)]).collect();
    }
    for id in between {
        finding = finding.related(program.call(*id).span, step);
    }
    finding.related(program.call(*last).span, request)
}

/// A sample in a document teaches, but runs nowhere: no error, and no certainty.
pub fn in_document(program: &Program<'_>, file: usize, finding: Finding) -> Finding {
    if program.files[file].kind == FileKind::Markdown {
        finding
            .at_most(Severity::Warning)
            .confidence_at_most(Confidence::Medium)
    } else {
        finding
    }
}

/// Names the function that a call stands in, and brings together what one loop, or
/// one function that starts over, repeats.
pub fn at_place(
    program: &Program<'_>,
    file: usize,
    top: BlockId,
    head: Option<Span>,
    finding: Finding,
) -> Finding {
    let code = program.code(file);
    let function = &code.functions[program.function_of(file, top) as usize];
    let finding = finding.scope(&*function.name);
    match head.filter(|head| !head.is_empty()) {
        Some(head) => finding
            .group(format!("{}:{}", head.file.0, head.start))
            .anchor(head),
        None => finding,
    }
}

/// Method and path of a call for people.
pub fn endpoint(call: &Repeated) -> String {
    path(&call.reach)
}

/// The same of what a call leads to.
pub fn path(reach: &Reach) -> String {
    let address = reach.url.host_and_path();
    let path = address.map_or_else(
        String::new,
        |(host, path)| {
            if path.is_empty() { host } else { path }
        },
    );
    match &reach.method {
        Some(method) => format!("{method} {path}"),
        None => path,
    }
}
