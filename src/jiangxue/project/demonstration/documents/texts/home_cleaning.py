"""The PDFs of the course that came back from its second review: cleaning a home, and disinfecting what needs it."""

from jiangxue.project.demonstration.documents.texts.blocks import DocumentText, Heading, Paragraph, Steps, Table

_ORDER = (
    Heading("一、清洁有次序"),
    Paragraph("从上到下，从里到外，从干净的到脏的。抹布分开用，厨房、卫生间、房间各用各的颜色，不混。"),
    Table(
        "表 1　抹布的颜色（可以按雇主家约定）",
        ("颜色", "用在哪里"),
        (("蓝", "房间、客厅的家具"), ("绿", "厨房台面、餐桌"), ("黄", "洗手盆、浴缸"), ("红", "马桶和周围地面")),
        (24, 76),
    ),
    Steps(
        (
            "进门先问：哪些东西不能动，哪些材料怕水，家里有没有老人、孩子、宠物。",
            "先除尘，再湿擦，最后拖地；湿地面放上提示，防止滑倒。",
            "擦电器以前拔下插头，不把水喷在插座上。",
            "擦窗不站到窗台外面；高处的外窗请专业人员。",
            "清洁剂看标签，按说明稀释，不同的清洁剂不混用。",
        )
    ),
)
_AFTER = (
    Heading("二、做完以后", starts_page=True),
    Steps(
        (
            "请雇主一起看一遍：台面、地面、水池、马桶、镜子。",
            "抹布、拖把洗净、拧干、晾开；工具放回原处。",
            "垃圾分类，当天带走。",
            "有损坏的，马上告诉雇主，不藏起来。",
        )
    ),
    Paragraph("雇主家里看到、听到的事，不拍照，不对外人说。"),
)
_CHLORINE = (
    Heading("一、什么时候要消毒"),
    Paragraph("平时以清洁、通风为主。家里有人拉肚子、呕吐，或者社区有要求的时候，才对门把手、马桶、地面等作重点消毒。"),
    Table(
        "表 1　含氯消毒液的用法",
        ("用在哪里", "稀释"),
        (("门把手、台面、地面", "1 份消毒液加 99 份水"), ("马桶、便盆", "1 份消毒液加 49 份水")),
        (50, 50),
    ),
    Paragraph("含氯消毒液会腐蚀金属，也会使衣物褪色。金属、彩色织物、木地板改用别的方法。"),
)
_SAFELY = (
    Heading("二、配制和使用", starts_page=True),
    Steps(
        (
            "打开窗，戴好口罩、橡胶手套，穿长袖。",
            "先放冷水，后加消毒液；不用热水，热了有效成分会跑掉。",
            "现配现用，当天没有用完的倒掉；瓶子贴上名称，不装在饮料瓶里。",
            "擦拭或喷洒以后，用清水擦去残留。",
            "放在孩子拿不到的地方，避光，盖紧。",
        )
    ),
    Heading("三、绝对不能混用"),
    Paragraph("含氯消毒液不和洁厕灵等酸性清洁剂混用：会放出氯气，能使人中毒。也不和酒精混用，不往人身上喷。"),
    Paragraph(
        "闻到刺鼻气味、眼睛流泪、咳嗽：马上离开，到通风的地方；溅进眼睛，用流动清水冲 15 分钟以上，去医院。误服的，立即送医，带上瓶子。"
    ),
)

HOME_CLEANING = DocumentText(
    slug="home-cleaning",
    title="家庭清洁的次序",
    subtitle="家政服务员　课件",
    notice="演示内容，以产品说明书为准",
    blocks=(*_ORDER, *_AFTER),
)
HOME_DISINFECTION = DocumentText(
    slug="home-disinfection",
    title="含氯消毒液的使用",
    subtitle="家政服务员　课件",
    notice="演示内容，以产品说明书为准",
    blocks=(*_CHLORINE, *_SAFELY),
)
