//! What is known of hosts and paths, and what is refused.

use super::*;
use crate::pack::vocabulary::Vocabulary;

const TEXT: &str = include_str!("../../../../rules/microsoft-defender-api/limits.yaml");

fn shipped() -> Limits {
    with_page(TEXT)
}

/// Limits with the one that the licence page states.
fn with_page(text: &str) -> Limits {
    let page = include_str!("../../../../rules/microsoft-defender-api/page.yaml");
    let page: crate::pack::page::PageFacts = serde_yaml::from_str(page).expect("page.yaml");
    let mut limits = serde_yaml::from_str(text).expect("limits.yaml");
    page.add_limits(&mut limits);
    limits
}

#[test]
fn the_shipped_limits_are_valid() {
    let limits = shipped();
    assert_eq!(limits.validate(), Ok(()));
    let default = limits.default_limit().expect("default");
    assert_eq!(
        default.windows,
        [Window {
            calls: 100,
            seconds: 60
        }]
    );
}

/// Help puts the quote between quotation marks, and it has to read as words there.
#[test]
fn quotes_carry_no_marks_of_lists_or_tables_and_are_english_where_findings_show_them() {
    let mark =
        regex::Regex::new(r"^(?:[-*+|]|\d+[.)])\s|:\s[-*+]\s|\|\s*$").expect("an expression");
    let limits: Limits = serde_yaml::from_str(TEXT).expect("limits.yaml");
    for limit in &limits.limits {
        let (id, source) = (&limit.id, &limit.source);
        assert!(!mark.is_match(&source.quote), "{id}: {}", source.quote);
        let family = limits.family(&limit.family).expect("a family");
        assert!(!family.governed || source.language == "en", "{id}");
    }
}

#[test]
fn regional_hosts_and_ports_are_known() {
    let limits = shipped();
    for host in [
        "api.security.microsoft.com",
        "EU.api.security.microsoft.com:443",
        "api-gov.securitycenter.microsoft.us",
        "api-us.securitycenter.microsoft.com",
        "api-{}.securitycenter.microsoft.com",
    ] {
        assert!(limits.governs(host, "/api/machines"), "{host}");
    }
    assert!(!limits.governs("security.microsoft.com", "/machines/7"));
    for host in ["api.example.com", "evilapi.security.microsoft.com.example"] {
        assert!(limits.host(host).is_none(), "{host}");
    }
}

#[test]
fn the_path_decides_between_families_of_one_host() {
    let limits = shipped();
    let id = |host, path, method| {
        limits
            .limit_for(host, path, method)
            .map(|limit| limit.id.as_str())
    };
    let xdr = "api.security.microsoft.com";
    for (path, method, expected) in [
        ("/api/incidents", Some("GET"), "api-list-incidents"),
        ("/api/incidents?$top=5", None, "api-list-incidents"),
        ("/api/incidents/{}", Some("patch"), "api-update-incidents"),
        ("/api/incidents/7", None, "api-get-incident"),
        ("/api/advancedqueries/run", None, "run-advanced-query-api"),
        (
            "/api/v1.0/advancedqueries/run/",
            None,
            "run-advanced-query-api",
        ),
        ("advancedhunting/run", None, "api-advanced-hunting"),
        (
            "/API/machines/abc/runliveresponse",
            None,
            "run-live-response",
        ),
        ("/api/machines/{}/isolate", Some("POST"), "isolate-machine"),
        // The page renamed it; scripts have either.
        (
            "/api/machines/browserextensionsinventoryExport",
            None,
            "BrowserExtensionsExport",
        ),
        (
            "/api/machines/BrowserExtensionsExport",
            None,
            "BrowserExtensionsExport",
        ),
        ("/api/unheard/of", None, "licence-page"),
        ("", None, "licence-page"),
    ] {
        assert_eq!(id(xdr, path, method), Some(expected), "{path}");
    }
    assert_eq!(
        id(
            "graph.microsoft.com",
            "/beta/security/runHuntingQuery",
            None
        ),
        Some("graph-security-runHuntingQuery")
    );
    assert_eq!(
        id("graph.microsoft.com", "/v1.0/security/alerts_v2", None),
        Some("graph-security-alerts")
    );
    assert!(limits.governs("graph.microsoft.com", "/v1.0/security/incidents"));
    assert!(!limits.governs("graph.microsoft.com", "/v1.0/users"));
    assert!(!limits.governs("graph.microsoft.com", ""));
    assert!(!limits.governs("management.azure.com", "/subscriptions/x"));
    let named = |path| {
        let found = limits.endpoints(path, None);
        found
            .iter()
            .map(|limit| limit.id.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        named("/api/machines/{id}"),
        ["get-machine-by-id", "update-machine-method"]
    );
    assert!(named("/api/machines/somethingNew").is_empty());
    assert!(named("/api/anything").is_empty());
}

#[test]
fn a_limit_out_of_bounds_is_refused_with_its_key() {
    for (find, put, key) in [
        (
            "calls: 100, seconds: 60",
            "calls: 0, seconds: 60",
            "limits.1.windows.0",
        ),
        (
            "calls: 100, seconds: 60",
            "calls: 100, seconds: 0",
            "limits.1.windows.0",
        ),
        (
            "\"/apiproxy/*\"]\n    source",
            "\"apiproxy/*\"]\n    source",
            "limits.0.paths.0",
        ),
        ("default: licence-page\n", "default: nothing\n", "default"),
    ] {
        assert!(TEXT.contains(find), "{find}");
        let limits = with_page(&TEXT.replacen(find, put, 1));
        assert_eq!(limits.validate().err().map(|e| e.0).as_deref(), Some(key));
    }
}
