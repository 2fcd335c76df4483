from __future__ import annotations

from django.urls import path

from meetings.views import (
    agenda_paper,
    appendices,
    approval,
    approval_link,
    attendance,
    blocks,
    calendar,
    changes,
    changes_pages,
    comments,
    copying,
    decisions,
    exports,
    files,
    follow_ups,
    generated,
    item_insert,
    item_numbers,
    item_versions,
    items,
    last_read,
    life,
    meetings,
    members,
    minutes,
    municipal,
    news,
    notes,
    packets,
    places,
    post,
    public,
    publications,
    readthrough,
    sections,
    send,
    templates,
    verify,
    withdrawals,
    written,
)

app_name = "meetings"

# The packet, and what everybody may read.
reading_routes = [
    path("<slug:slug>/pakke/", packets.packet, name="packet"),
    path("<slug:slug>/pakke/stop/", packets.packet_stop, name="packet-stop"),
    path(
        "<slug:slug>/pakke/sider/<int:page>.png",
        files.page_picture,
        name="page-picture",
    ),
    path("<slug:slug>/pakke.pdf", files.packet_file, name="packet-file"),
    path("<slug:slug>/aendringer/", changes.changes, name="changes"),
    path("<slug:slug>/aendringer/sider.pdf", files.changes_file, name="changes-file"),
    path(
        "<slug:slug>/aendringer/<slug:bilag>/",
        changes_pages.changes_pages,
        name="changes-pages",
    ),
    path("<slug:slug>/send/", send.send, name="send"),
    path("<slug:slug>/send/fortryd/", send.answer_undo, name="answer-undo"),
    path("<slug:slug>/hent/", exports.downloads, name="downloads"),
    path("<slug:slug>/udvalg.pdf", exports.selection, name="selection"),
    path("<slug:slug>/bilag.zip", exports.bundle_file, name="bundle"),
    path("<slug:slug>/bilag/<slug:bilag>.csv", exports.table_file, name="public-table"),
    path("<slug:slug>/bilag/<slug:bilag>.json", exports.data, name="public-data"),
    path("<slug:slug>/kvittering/", verify.receipt, name="receipt"),
    path("<slug:slug>/kvittering.json", verify.receipt_data, name="receipt-data"),
    path("<slug:slug>/modtagere/", post.receivers_page, name="receivers"),
    path("<slug:slug>/min-kommune/", municipal.municipal, name="municipal"),
    path(
        "<slug:slug>/min-kommune.pdf", municipal.municipal_file, name="municipal-file"
    ),
    path("<slug:slug>/laest/", last_read.last_read, name="last-read"),
    path("<slug:slug>/udgivelser/", publications.publications, name="publications"),
    path("<slug:slug>/offentlig/", public.published_meeting, name="public"),
    path(
        "<slug:slug>/offentlig/punkter/<slug:number>/",
        public.published_item,
        name="public-item",
    ),
    path(
        "<slug:slug>/bilag/<slug:bilag>/", public.appendix_page, name="public-appendix"
    ),
    path(
        "<slug:slug>/bilag/<slug:bilag>/billeder/<str:name>",
        files.appendix_picture,
        name="public-picture",
    ),
    path("<slug:slug>/bilag/<slug:bilag>.pdf", files.appendix_file, name="public-file"),
]

# A meeting's life.
life_routes = [
    path("<slug:slug>/tilstand/", life.state, name="state"),
    path("<slug:slug>/version/", life.version, name="version"),
    path("<slug:slug>/aflysning/", life.meeting_fate, name="fate"),
    path("<slug:slug>/punkter/<slug:number>/udgaar/", life.item_fate, name="item-fate"),
    path(
        "<slug:slug>/punkter/<slug:number>/andet-moede/",
        copying.item_copy,
        name="item-copy",
    ),
    path(
        "<slug:slug>/punkter/<slug:number>/skabelon/",
        templates.item_template,
        name="item-template",
    ),
    path("<slug:slug>/note/", notes.note, name="note"),
    path("<slug:slug>/nedtagning/", withdrawals.withdrawals, name="withdrawals"),
    path("<slug:slug>/nedtagning/<int:pk>/", withdrawals.withdrawal, name="withdrawal"),
    path(
        "<slug:slug>/nedtagning/<int:pk>/<int:version>.pdf",
        withdrawals.sealed_file,
        name="sealed-file",
    ),
    path("<slug:slug>/godkendelse/", approval.approvals, name="approvals"),
    path("<slug:slug>/kommentarer/", comments.comments, name="comments"),
    path("<slug:slug>/gennemlaesning/", readthrough.readthroughs, name="readthroughs"),
    path("<slug:slug>/som-medlem/", public.preview, name="preview"),
    path(
        "<slug:slug>/som-medlem/<slug:number>/",
        public.preview_item,
        name="preview-item",
    ),
]

# The agenda with its texts, and the minutes.
MINUTES = "<slug:slug>/referat/"
minutes_routes = [
    path("<slug:slug>/dagsorden/", agenda_paper.agenda, name="agenda"),
    path("<slug:slug>/dagsorden.pdf", agenda_paper.agenda_file, name="agenda-file"),
    path(
        "<slug:slug>/dagsorden-og-bilag.pdf",
        agenda_paper.whole_file,
        name="whole-file",
    ),
    path(MINUTES, minutes.minutes, name="minutes"),
    path("<slug:slug>/referat.pdf", minutes.minutes_file, name="minutes-file"),
    path(f"{MINUTES}udkast/", minutes.minutes_draft, name="minutes-draft"),
    path(f"{MINUTES}godkendelse/", minutes.minutes_proposal, name="minutes-proposal"),
    path(f"{MINUTES}naeste-moede/", minutes.minutes_next, name="minutes-next"),
    path(f"{MINUTES}fremmoede/", attendance.attendance, name="attendance"),
    path(f"{MINUTES}opgaver/ny/", follow_ups.task_new, name="task-new"),
    path(f"{MINUTES}punkter/<slug:number>/", decisions.decision, name="decision"),
    path(
        "<slug:slug>/punkter/<slug:number>/svar/",
        decisions.answer_before,
        name="answer-before",
    ),
]

# What the council's secretariat works on; the first three are read by everybody.
ITEM = "<slug:slug>/punkter/<slug:number>/"
BILAG = f"{ITEM}bilag/<int:pk>/"
BLOCK = f"{BILAG}tekst/<slug:key>/"
SECTION = "<slug:slug>/afsnit/<int:pk>/"
working_routes = [
    path("", meetings.meeting_list, name="list"),
    path("<slug:slug>/", meetings.meeting, name="meeting"),
    path(ITEM, items.item, name="item"),
    path("<slug:slug>/oplysninger/", meetings.meeting_edit, name="meeting-edit"),
    path("<slug:slug>/fjernelse/", meetings.meeting_removal, name="removal"),
    path("<slug:slug>/afsnit/nyt/", sections.section_new, name="section-new"),
    path(SECTION, sections.section, name="section"),
    path(f"{SECTION}plads/", sections.section_order, name="section-order"),
    path(f"{SECTION}fjernelse/", sections.section_removal, name="section-removal"),
    path(f"{ITEM}versioner/", item_versions.item_versions, name="item-versions"),
    path("<slug:slug>/fjernede-punkter/", item_versions.items_gone, name="items-gone"),
    path(f"{ITEM}indsaet/", item_insert.item_insert, name="item-insert"),
    path(f"{ITEM}tal/", item_numbers.item_numbers, name="item-numbers"),
    path(f"{ITEM}til-stede/", comments.item_presence, name="item-presence"),
    path(f"{ITEM}plads/", items.item_order, name="item-order"),
    path(f"{ITEM}fjernelse/", items.item_removal, name="item-removal"),
    path(f"{ITEM}bilag/filer/", appendices.appendix_upload, name="appendix-upload"),
    path(f"{ITEM}bilag/data/", generated.appendix_generate, name="appendix-generate"),
    path(f"{ITEM}bilag/skriv/", written.appendix_write, name="appendix-write"),
    path(BILAG, appendices.appendix, name="appendix"),
    path(f"{BILAG}tekst/", written.written, name="written"),
    path(f"{BILAG}tekst/nyt/<str:kind>/", blocks.block_new, name="block-new"),
    path(
        f"{BILAG}tekst/billeder/<str:name>", written.block_picture, name="block-picture"
    ),
    path(BLOCK, blocks.block, name="block"),
    path(f"{BLOCK}plads/", blocks.block_order, name="block-order"),
    path(f"{BLOCK}fjernelse/", blocks.block_removal, name="block-removal"),
    path(f"{BILAG}word/", written.word_file, name="word-file"),
    path(f"{BILAG}fil/", appendices.appendix_file, name="appendix-file"),
    path(f"{BILAG}valg/", generated.appendix_options, name="appendix-options"),
    path(f"{BILAG}plads/", places.appendix_order, name="appendix-order"),
    path(f"{BILAG}fjernelse/", places.appendix_removal, name="appendix-removal"),
    path(
        f"{BILAG}tilbagetraekning/",
        places.appendix_withdrawal,
        name="appendix-withdrawal",
    ),
]

# What a reader of a draft gets.
DRAFT = "gennemlaesning/<int:pk>/"
readthrough_routes = [
    path(DRAFT, readthrough.readthrough, name="readthrough"),
    path(f"{DRAFT}pakke.pdf", readthrough.draft_file, name="readthrough-file"),
    path(
        f"{DRAFT}bilag/<slug:bilag>/",
        readthrough.draft_appendix,
        name="readthrough-appendix",
    ),
    path(
        f"{DRAFT}bilag/<slug:bilag>/billeder/<str:name>",
        readthrough.draft_picture,
        name="readthrough-picture",
    ),
    path(
        f"{DRAFT}bilag/<slug:bilag>.pdf",
        readthrough.draft_appendix_file,
        name="readthrough-appendix-file",
    ),
]

# What a link to an approval leads to.
ASKED = "godkend/<str:token>/"
approval_routes = [
    path(ASKED, approval_link.approval_link, name="approval-link"),
    path(f"{ASKED}pakke.pdf", approval_link.approval_file, name="approval-file"),
    path(
        f"{ASKED}dagsorden.pdf",
        approval_link.approval_agenda_file,
        name="approval-agenda-file",
    ),
    path(
        f"{ASKED}bilag/<slug:bilag>/",
        approval_link.approval_appendix,
        name="approval-appendix",
    ),
    path(
        f"{ASKED}bilag/<slug:bilag>/billeder/<str:name>",
        approval_link.approval_picture,
        name="approval-picture",
    ),
    path(
        f"{ASKED}bilag/<slug:bilag>.pdf",
        approval_link.approval_appendix_file,
        name="approval-appendix-file",
    ),
]

urlpatterns = [
    # Before the routes where any word may stand for a meeting or an item.
    path("nyt/", meetings.meeting_new, name="new"),
    path("er-det-den-rigtige-fil/", verify.verify, name="verify"),
    path("<slug:slug>/punkter/nyt/", items.item_new, name="item-new"),
    path("atom.xml", news.feed, name="feed"),
    path("nyt-paa-mail/", news.subscribe, name="subscribe"),
    path(
        "nyt-paa-mail/bekraeft/<str:token>/", news.confirm, name="subscription-confirm"
    ),
    path("nyt-paa-mail/afmeld/<str:token>/", news.leave, name="subscription-leave"),
    path("kalender.ics", calendar.public_calendar, name="calendar"),
    path("kalender/", calendar.calendar_links, name="calendar-links"),
    path("kalender/<str:token>.ics", calendar.own_calendar, name="own-calendar"),
    *approval_routes,
    *readthrough_routes,
    path("medlemmer/", members.members, name="members"),
    path("medlemmer/nyt/", members.member_new, name="member-new"),
    path("medlemmer/<int:pk>/", members.member, name="member"),
    path("skabeloner/", templates.template_list, name="templates"),
    path(
        "skabeloner/<int:pk>/fjernelse/",
        templates.template_removal,
        name="template-removal",
    ),
    path("frister/", life.deadline_rule, name="deadline-rule"),
    *working_routes,
    *life_routes,
    *minutes_routes,
    *reading_routes,
]
