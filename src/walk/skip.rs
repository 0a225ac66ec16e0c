//! What is passed over, and why.

/// Why a file or folder was not scanned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Skip {
    /// Over the size limit.
    OverSize,
    /// Binary content: by its extension, or a NUL byte early on.
    Binary,
    /// Vendored: `node_modules`, `vendor`, …
    Vendored,
    /// A checkout of its own that is no submodule: a worktree, a nested clone.
    Checkout,
    /// Written by a documentation generator.
    Generated,
    /// Excluded by the configuration.
    Excluded,
    /// Named by an ignore file.
    Ignored,
    /// Its name begins with a dot.
    Hidden,
    /// A symbolic link; what it points to is scanned where it lies.
    Link,
    /// Not a regular file: a socket, a device, a pipe.
    Special,
    /// Text of a kind that no rule reads.
    Unread,
}

impl Skip {
    /// For the summary: `over the size limit`.
    pub fn describe(self) -> &'static str {
        match self {
            Self::OverSize => "over the size limit",
            Self::Binary => "binary",
            Self::Vendored => "vendored",
            Self::Checkout => "checkouts of their own",
            Self::Generated => "generated documentation",
            Self::Excluded => "excluded by the configuration",
            Self::Ignored => "named by ignore files",
            Self::Hidden => "hidden",
            Self::Link => "links",
            Self::Special => "not regular files",
            Self::Unread => "of a kind that no rule reads",
        }
    }

    /// For machines: `over-size`.
    pub fn key(self) -> &'static str {
        match self {
            Self::OverSize => "over-size",
            Self::Binary => "binary",
            Self::Vendored => "vendored",
            Self::Checkout => "checkout",
            Self::Generated => "generated",
            Self::Excluded => "excluded",
            Self::Ignored => "ignored",
            Self::Hidden => "hidden",
            Self::Link => "link",
            Self::Special => "special",
            Self::Unread => "unread",
        }
    }
}

/// Hidden folders and files that speak to readers all the same.
pub fn is_welcome(name: &str) -> bool {
    matches!(
        name,
        ".github"
            | ".gitlab"
            | ".gitlab-ci"
            | ".gitlab-ci.yml"
            | ".reuse"
            | ".vitepress"
            | ".vuepress"
            | ".well-known"
            | ".claude-plugin"
            // What stores and archives are told.
            | ".fdroid.yml"
            | ".fdroid.yaml"
            | ".zenodo.json"
            // What programs are told by whoever copies it.
            | ".env"
            | ".env.example"
            | ".env.sample"
            | ".env.template"
            | ".env.dist"
    )
}

/// Folders of other people's work, by their name and what stands in them.
pub fn is_vendored(name: &str, has: impl Fn(&str) -> bool) -> bool {
    match name {
        "node_modules" | "bower_components" | "jspm_packages" | "vendor" | "third_party"
        | "third-party" | "thirdparty" | "3rdparty" | "site-packages" | "__pycache__" | "Pods"
        | "dist" => true,
        "target" => has("CACHEDIR.TAG"),
        "venv" | "env" => has("pyvenv.cfg"),
        _ => false,
    }
}

/// Extensions of formats that hold no text; not opened.
pub fn is_binary_extension(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let Some((_, extension)) = name.rsplit_once('.') else {
        return false;
    };
    let extension = extension.to_ascii_lowercase();
    matches!(
        extension.as_str(),
        "png"
            | "jpg"
            | "jpeg"
            | "gif"
            | "bmp"
            | "ico"
            | "icns"
            | "webp"
            | "avif"
            | "heic"
            | "tif"
            | "tiff"
            | "psd"
            | "mp3"
            | "mp4"
            | "m4a"
            | "m4v"
            | "mov"
            | "avi"
            | "mkv"
            | "webm"
            | "wav"
            | "ogg"
            | "flac"
            | "woff"
            | "woff2"
            | "ttf"
            | "otf"
            | "eot"
            | "zip"
            | "gz"
            | "tgz"
            | "bz2"
            | "xz"
            | "zst"
            | "7z"
            | "rar"
            | "tar"
            | "jar"
            | "war"
            | "whl"
            | "nupkg"
            | "vsix"
            | "crx"
            | "xpi"
            | "apk"
            | "ipa"
            | "dmg"
            | "msi"
            | "exe"
            | "dll"
            | "so"
            | "dylib"
            | "a"
            | "o"
            | "obj"
            | "lib"
            | "pdb"
            | "class"
            | "pyc"
            | "wasm"
            | "bin"
            | "dat"
            | "db"
            | "sqlite"
            | "pdf"
            | "doc"
            | "docx"
            | "xls"
            | "xlsx"
            | "ppt"
            | "pptx"
            | "pbix"
            | "vsdx"
            | "p12"
            | "pfx"
            | "keystore"
            | "snk"
    )
}
