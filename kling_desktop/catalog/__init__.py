"""What can be asked of fal: endpoints, request types, their fields, prices and rules, as data.

Lives here: the loader of the bundled catalogue and of fal's own documents, and the pure functions
over them (validation and its ways out, posted body, fal's refusals, carrying values over, prices,
lengths). May import: records, bundled; jsonschema late. Must not know: any endpoint or request
type by name, HTTP, storage, windows.
"""
