"""The paper that proves that what others have made may be used."""

from datetime import date

from jiangxue.project.demonstration.documents.texts.blocks import DocumentText, Heading, Paragraph, Table


def permission(slug: str, *, holder: str, title: str, until: date) -> DocumentText:
    """Return the permission of a holder to use a work of theirs until a day."""
    return DocumentText(
        slug=slug,
        title=title,
        subtitle="引进资源合法使用证明",
        notice="演示内容，单位为虚构，不具有法律效力",
        blocks=(
            Heading("一、授权"),
            Paragraph(
                f"{holder}（授权方）同意羊城职业技能培训学校（被授权方）在下列范围内使用授权方享有著作权的教学资源。"
            ),
            Table(
                "授权范围",
                ("项目", "内容"),
                (
                    ("用途", "职业技能培训的线上课程及线下实操，不得转授权"),
                    ("方式", "复制、汇编、在培训平台上向报名学员展示"),
                    ("地域", "广东省"),
                    ("期限", f"至 {until.year} 年 {until.month} 月 {until.day} 日"),
                ),
                (24, 76),
            ),
            Heading("二、保证"),
            Paragraph(
                "授权方保证对上述资源享有合法权利，内容不侵犯他人的著作权、肖像权和名誉权；如有争议，由授权方负责。"
            ),
            Paragraph(f"授权方（盖章）：{holder}　　　　　　经办人（签名）："),
        ),
    )
