//! Pages that lack the same are one finding, which knows each of them.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// A translated page as the owner's pipeline leaves it.
const PAGE: &str = "---\ntitle: 列出计算机\nms.contentlocale: zh-cn\nms.translationtype: HT\nms.openlocfilehash: 0123456789abcdef0123456789abcdef01234567\n---\n# 列出计算机\n";

fn page(root: &Path, path: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a temp folder");
    fs::write(path, PAGE).expect("a temp file");
}

fn attributions(root: &Path) -> Vec<Value> {
    let output = Command::cargo_bin("termscheck")
        .expect("the binary")
        .args(["check", "--format", "json", "--fail-on", "never"])
        .arg(root)
        .output()
        .expect("it runs");
    let report: Value = serde_json::from_slice(&output.stdout).expect("a report");
    let all = report["findings"].as_array().expect("findings").iter();
    let about = |finding: &&Value| {
        finding["rule"]
            .as_str()
            .is_some_and(|rule| rule.starts_with("attribution/"))
    };
    all.filter(about).cloned().collect()
}

#[test]
fn a_tree_of_pages_whose_readme_names_the_source_is_one_incomplete_finding() {
    let folder = tempfile::tempdir().expect("a temp folder");
    let root = folder.path();
    fs::write(
        root.join("README.md"),
        "# 文档\n\n本仓库的页面译自 [Microsoft 文档](https://github.com/MicrosoftDocs/sample-docs)，由志愿者翻译。\n",
    )
    .expect("a temp file");
    for number in 0..2200 {
        page(root, &format!("docs/zh/part{}/p{number}.md", number % 40));
    }
    for part in 0..40 {
        let path = root.join(format!("docs/zh/part{part}/README.md"));
        fs::write(path, "# 目录\n").expect("a temp file");
    }
    let before = attributions(root);
    let [finding] = before.as_slice() else {
        panic!("one finding, not {}", before.len());
    };
    assert_eq!(finding["rule"], "attribution/incomplete");
    assert_eq!(finding["count"], 2200);
    let message = finding["message"].as_str().expect("a message");
    assert!(message.ends_with(" and 2199 more in docs/zh/"), "{message}");
    let help = finding["help"].as_str().expect("a help");
    assert!(help.contains("ATTRIBUTION.md in docs/zh/"), "{help}");
    let members = |finding: &Value| finding["members"].as_array().expect("members").clone();
    assert_eq!(members(finding).len(), 2200);

    // A page that was not there is a new member of the same finding.
    page(root, "notes/added.md");
    let after = attributions(root);
    assert_eq!(after.len(), 1);
    assert_eq!(after[0]["fingerprint"], finding["fingerprint"]);
    let known = members(finding);
    let new: Vec<Value> = members(&after[0])
        .into_iter()
        .filter(|member| !known.contains(member))
        .collect();
    assert_eq!(new.len(), 1);
    assert_eq!(new[0]["subject"], "notes/added.md");
}

#[test]
fn a_path_is_no_placeholder() {
    let folder = tempfile::tempdir().expect("a temp folder");
    page(folder.path(), "{others}/{count}.md");
    page(folder.path(), "{others}/{folder}.md");
    let found = attributions(folder.path());
    let message = found[0]["message"].as_str().expect("a message");
    assert!(message.starts_with("“{others}/{count}.md”"), "{message}");
    assert!(message.ends_with("1 more in {others}/"), "{message}");
}
