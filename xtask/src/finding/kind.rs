//! The kinds of findings: what each means, why it matters, what to do, and what shows it.
//!
//! A file for each stage has the texts. They hold wherever a finding is made; what a place knows beyond them, it says
//! itself.

mod call_gaps;
mod calls;
mod commands;
mod config;
mod documents;
mod files;
mod pages;
mod schema_gaps;
mod schemas;

use std::fmt;

use super::Severity;

/// What there is to say of a kind, wherever a finding of it is made.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Its name, in kebab case; stable, for counting and accepting.
    pub name: &'static str,
    /// How much a finding of it can weigh.
    pub severities: &'static [Severity],
    /// What is the case.
    pub what: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// What to do.
    pub help: &'static str,
    /// Something small that has it.
    pub example: Option<Example>,
}

/// Something small that a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Example {
    /// Members of an OpenAPI document in YAML; its version is left out, and where they matter not, its paths.
    Document(&'static str),
    /// Lines of an `api.toml`.
    Config(&'static str),
    /// A whole page, as a vendor publishes it.
    Page(&'static str),
}

impl Entry {
    const fn new(
        name: &'static str,
        severities: &'static [Severity],
        [what, why, help]: [&'static str; 3],
    ) -> Self {
        Self { name, severities, what, why, help, example: None }
    }

    const fn document(self, text: &'static str) -> Self {
        Self { example: Some(Example::Document(text)), ..self }
    }

    const fn config(self, text: &'static str) -> Self {
        Self { example: Some(Example::Config(text)), ..self }
    }

    const fn page(self, text: &'static str) -> Self {
        Self { example: Some(Example::Page(text)), ..self }
    }

    /// How much a finding of it weighs where that is always the same, or mostly.
    pub fn severity(&self) -> Severity {
        self.severities.first().copied().unwrap_or(Severity::Error)
    }
}

const ERROR: &[Severity] = &[Severity::Error];
const LOSS: &[Severity] = &[Severity::Loss];
const DEVIATION: &[Severity] = &[Severity::Deviation];
const UNTYPED: &[Severity] = &[Severity::Untyped];
const NOTE: &[Severity] = &[Severity::Note];

/// Makes the enum of the kinds, with the entry of each.
macro_rules! kinds {
    ($($module:ident { $($kind:ident = $entry:ident,)+ })+) => {
        /// What a finding is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "the entry of each says what it is")]
        pub enum Kind { $($($kind,)+)+ }

        impl Kind {
            /// All kinds, stage by stage.
            pub const ALL: &[Self] = &[$($(Self::$kind,)+)+];

            /// What there is to say of it.
            pub fn entry(self) -> &'static Entry {
                match self { $($(Self::$kind => &$module::$entry,)+)+ }
            }
        }
    };
}

kinds! {
    files {
        ConfigMissing = CONFIG_MISSING,
        FolderName = FOLDER_NAME,
        Link = LINK,
        NoApi = NO_API,
        NoPage = NO_PAGE,
        NoWorkspace = NO_WORKSPACE,
        NotAFile = NOT_A_FILE,
        NotUtf8 = NOT_UTF8,
        PageName = PAGE_NAME,
        PageTooLarge = PAGE_TOO_LARGE,
        StrayPage = STRAY_PAGE,
        UnknownApi = UNKNOWN_API,
        Unreadable = UNREADABLE,
    }
    config {
        BadPagination = BAD_PAGINATION,
        BadRename = BAD_RENAME,
        ConfigChoice = CONFIG_CHOICE,
        ConfigDuplicate = CONFIG_DUPLICATE,
        ConfigMissingKey = CONFIG_MISSING_KEY,
        ConfigNoEffect = CONFIG_NO_EFFECT,
        ConfigType = CONFIG_TYPE,
        ConfigUnknownKey = CONFIG_UNKNOWN_KEY,
        ConfigValue = CONFIG_VALUE,
        RenameTaken = RENAME_TAKEN,
        UnusedAccept = UNUSED_ACCEPT,
        UnusedPagination = UNUSED_PAGINATION,
        UnusedRename = UNUSED_RENAME,
        UnusedRetry = UNUSED_RETRY,
        UnusedType = UNUSED_TYPE,
        UnusedWebhooks = UNUSED_WEBHOOKS,
    }
    pages {
        BadEndpoint = BAD_ENDPOINT,
        BrokenExample = BROKEN_EXAMPLE,
        CredentialPrefix = CREDENTIAL_PREFIX,
        CutOff = CUT_OFF,
        DanglingTag = DANGLING_TAG,
        Inferred = INFERRED,
        LoneResponses = LONE_RESPONSES,
        NoName = NO_NAME,
        NoOperation = NO_OPERATION,
        NoOperations = NO_OPERATIONS,
        NoStatus = NO_STATUS,
        Swagger = SWAGGER,
        Syntax = SYNTAX,
        UnknownFormat = UNKNOWN_FORMAT,
        UnknownVersion = UNKNOWN_VERSION,
        UnreadFence = UNREAD_FENCE,
        UnreadPage = UNREAD_PAGE,
    }
    documents {
        Alike = ALIKE,
        DescribedTwice = DESCRIBED_TWICE,
        Differs = DIFFERS,
        ExternalReference = EXTERNAL_REFERENCE,
        NoResponses = NO_RESPONSES,
        OperationMismatch = OPERATION_MISMATCH,
        ReferenceCycle = REFERENCE_CYCLE,
        Renamed = RENAMED,
        SameOperation = SAME_OPERATION,
        TwoVersions = TWO_VERSIONS,
        UndescribedParameter = UNDESCRIBED_PARAMETER,
        UnknownKeyword = UNKNOWN_KEYWORD,
        UnknownMember = UNKNOWN_MEMBER,
        UnknownType = UNKNOWN_TYPE,
        UnresolvedReference = UNRESOLVED_REFERENCE,
    }
    schemas {
        AnyOf = ANY_OF,
        Contradiction = CONTRADICTION,
        Generator = GENERATOR,
        LoneDiscriminator = LONE_DISCRIMINATOR,
        LongKeyword = LONG_KEYWORD,
        OneWayProperty = ONE_WAY_PROPERTY,
        OpenUnion = OPEN_UNION,
        RecursiveAlias = RECURSIVE_ALIAS,
        RequiredProperty = REQUIRED_PROPERTY,
        SchemaDepth = SCHEMA_DEPTH,
        SchemaSize = SCHEMA_SIZE,
        TagValues = TAG_VALUES,
        Tuple = TUPLE,
        UntaggedUnion = UNTAGGED_UNION,
    }
    calls {
        AccessToken = ACCESS_TOKEN,
        Groups = GROUPS,
        AuthorizationParameter = AUTHORIZATION_PARAMETER,
        IgnoredHeader = IGNORED_HEADER,
        NoContent = NO_CONTENT,
        NoSuccess = NO_SUCCESS,
        OperationServer = OPERATION_SERVER,
        OtherCredential = OTHER_CREDENTIAL,
        OtherMediaType = OTHER_MEDIA_TYPE,
        OtherScheme = OTHER_SCHEME,
        OtherServer = OTHER_SERVER,
        ParameterNotInPath = PARAMETER_NOT_IN_PATH,
        ParameterPlace = PARAMETER_PLACE,
        PlainHttp = PLAIN_HTTP,
        ResponseStatus = RESPONSE_STATUS,
        SecurityScheme = SECURITY_SCHEME,
        ServerUrl = SERVER_URL,
        UnparsedMediaType = UNPARSED_MEDIA_TYPE,
        Unrequired = UNREQUIRED,
        UnresolvedPart = UNRESOLVED_PART,
    }
    call_gaps {
        AllowReserved = ALLOW_RESERVED,
        Callbacks = CALLBACKS,
        Explode = EXPLODE,
        FormStyle = FORM_STYLE,
        ItemSchema = ITEM_SCHEMA,
        OtherMethod = OTHER_METHOD,
        ParameterContent = PARAMETER_CONTENT,
        ParameterStyle = PARAMETER_STYLE,
        PartHeaders = PART_HEADERS,
        PartType = PART_TYPE,
        PartsByPlace = PARTS_BY_PLACE,
        ResponseHeaders = RESPONSE_HEADERS,
        ServerVariable = SERVER_VARIABLE,
        UndefinedStyle = UNDEFINED_STYLE,
        Webhooks = WEBHOOKS,
    }
    schema_gaps {
        Condition = CONDITION,
        DefaultMapping = DEFAULT_MAPPING,
        Dialect = DIALECT,
        DynamicReference = DYNAMIC_REFERENCE,
        EncodedText = ENCODED_TEXT,
        EnumNames = ENUM_NAMES,
        ExtensibleEnum = EXTENSIBLE_ENUM,
        MisplacedKeyword = MISPLACED_KEYWORD,
        NullLeftOut = NULL_LEFT_OUT,
        Unenforced = UNENFORCED,
    }
    commands {
        ClashingPaths = CLASHING_PATHS,
        CommandFailed = COMMAND_FAILED,
        Defect = DEFECT,
        Disagreement = DISAGREEMENT,
        InterruptedWrite = INTERRUPTED_WRITE,
        Journal = JOURNAL,
        Locked = LOCKED,
        Manifest = MANIFEST,
        NoBase = NO_BASE,
        NotGenerated = NOT_GENERATED,
        NotInFacade = NOT_IN_FACADE,
        Output = OUTPUT,
        Pair = PAIR,
        RenamedPackage = RENAMED_PACKAGE,
        RuntimeVersion = RUNTIME_VERSION,
        Surface = SURFACE,
        SurfaceBroken = SURFACE_BROKEN,
        UnknownKind = UNKNOWN_KIND,
        UnsafePath = UNSAFE_PATH,
        VersionBehind = VERSION_BEHIND,
        WorkspaceManifest = WORKSPACE_MANIFEST,
        WorkspaceWrite = WORKSPACE_WRITE,
        WouldNotLoad = WOULD_NOT_LOAD,
    }
}

impl Kind {
    /// Its name, in kebab case.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// Returns the kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// Whether `api.toml` can say that findings of this kind are known and meant to be so.
    pub fn is_acceptable(self) -> bool {
        self.entry().severities.iter().any(|it| it.is_acceptable())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests;
