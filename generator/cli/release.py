"""``erroratlas release``: freeze an edition, and write what others can cite and check."""

import click

from generator.cli.main import Commands, Entry

COMMANDS = {
    "citation": Entry("generator.cli.release_citation", "Write the citation files again."),
    "package": Entry("generator.cli.release_package", "Write the package of an edition again."),
    "publish": Entry("generator.cli.release_publish", "Put the site beside those of all editions."),
    "version": Entry("generator.cli.release_version", "Freeze an edition: release 2026.12."),
}
"""Subcommands with modules of their own."""


class Versions(Commands):
    """Takes a version in the place of a subcommand: that one is to be released."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the subcommand that the arguments begin with.

        Raises:
            click.UsageError: They begin with none, and with no version.
        """
        if args and _is_version(args[0]):
            args = ["version", *args]
        elif args and args[0] not in self.entries:
            msg = (
                f"{args[0]!r}: no version of an edition: give YYYY.MM, such as 2026.12, or "
                "YYYY.MM.N for a correction, such as 2026.12.1; or one of "
                f"{', '.join(self.entries)}"
            )
            raise click.UsageError(msg, ctx)
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a subcommand; a version stands for that of releasing it."""
        return super().get_command(
            ctx, "version" if cmd_name not in self.entries and _is_version(cmd_name) else cmd_name
        )


def _is_version(text: str) -> bool:
    from generator.release.checks import is_version  # noqa: PLC0415  --help needs none of it

    return is_version(text)


@click.group(
    "release",
    cls=Versions,
    entries=COMMANDS,
    subcommand_metavar="VERSION | COMMAND [ARGS]...",
)
def command() -> None:
    """Freeze an edition, write its data package, publish its site.

    VERSION is that of the edition: YYYY.MM, or YYYY.MM.N for a correction of it. It stands for
    `version VERSION`, whose --help has the options.

    \b
    Example:
      erroratlas release 2026.12 --dry-run
      erroratlas release 2026.12.1
      erroratlas release publish
    """  # noqa: D301  \b is click's own mark
