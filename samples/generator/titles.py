"""The 43 items of fiscal year 2566: code, title, sub-indicator, concept."""

from __future__ import annotations

_ROWS = """
O1|โครงสร้าง|9.1|structure
O2|ข้อมูลผู้บริหาร|9.1|executives
O3|อำนาจหน้าที่|9.1|powers-duties
O4|แผนยุทธศาสตร์หรือแผนพัฒนาหน่วยงาน|9.1|strategic-plan
O5|ข้อมูลการติดต่อ|9.1|contact
O6|กฎหมายที่เกี่ยวข้อง|9.1|laws
O7|ข่าวประชาสัมพันธ์|9.1|news
O8|Q&A|9.1|qna
O9|Social Network|9.1|social-network
O10|นโยบายคุ้มครองข้อมูลส่วนบุคคล|9.1|privacy-policy
O11|แผนดำเนินงานและการใช้งบประมาณประจำปี|9.2|annual-plan
O12|รายงานการกำกับติดตามการดำเนินงานและการใช้งบประมาณประจำปี รอบ 6 เดือน|9.2|progress-report
O13|รายงานผลการดำเนินงานประจำปี|9.2|annual-report
O14|คู่มือหรือมาตรฐานการปฏิบัติงาน|9.2|staff-manual
O15|คู่มือหรือมาตรฐานการให้บริการ|9.2|service-manual
O16|ข้อมูลเชิงสถิติการให้บริการ|9.2|service-statistics
O17|รายงานผลการสำรวจความพึงพอใจการให้บริการ|9.2|satisfaction-survey
O18|E-Service|9.2|e-service
O19|แผนการจัดซื้อจัดจ้างหรือแผนการจัดหาพัสดุ|9.3|procurement-plan
O20|ประกาศต่าง ๆ เกี่ยวกับการจัดซื้อจัดจ้างหรือการจัดหาพัสดุ|9.3|procurement-notices
O21|สรุปผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุรายเดือน|9.3|procurement-monthly
O22|รายงานผลการจัดซื้อจัดจ้างหรือการจัดหาพัสดุประจำปี|9.3|procurement-report
O23|นโยบายหรือแผนการบริหารทรัพยากรบุคคล|9.4|hr-policy
O24|การดำเนินการตามนโยบายหรือแผนการบริหารทรัพยากรบุคคล|9.4|hr-progress
O25|หลักเกณฑ์การบริหารและพัฒนาทรัพยากรบุคคล|9.4|hr-criteria
O26|รายงานผลการบริหารและพัฒนาทรัพยากรบุคคลประจำปี|9.4|hr-report
O27|แนวปฏิบัติการจัดการเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ|9.5|complaint-guideline
O28|ช่องทางแจ้งเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ|9.5|complaint-channel
O29|ข้อมูลเชิงสถิติเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ|9.5|complaint-statistics
O30|การเปิดโอกาสให้เกิดการมีส่วนร่วม|9.5|participation
O31|ประกาศเจตนารมณ์นโยบาย No Gift Policy จากการปฏิบัติหน้าที่|10.1|no-gift-policy
O32|การสร้างวัฒนธรรม No Gift Policy|10.1|no-gift-culture
O33|รายงานผลตามนโยบาย No Gift Policy|10.1|no-gift-report
O34|การประเมินความเสี่ยงการทุจริตและประพฤติมิชอบ ประจำปี|10.1|corruption-risk
O35|การดำเนินการเพื่อจัดการความเสี่ยงการทุจริตและประพฤติมิชอบ|10.1|corruption-risk-actions
O36|แผนปฏิบัติการป้องกันการทุจริต|10.1|anticorruption-plan
O37|รายงานการกำกับติดตามการดำเนินการป้องกันการทุจริตประจำปี รอบ 6 เดือน|10.1|anticorruption-progress
O38|รายงานผลการดำเนินการป้องกันการทุจริตประจำปี|10.1|anticorruption-report
O39|ประมวลจริยธรรมสำหรับเจ้าหน้าที่ของรัฐ|10.2|code-of-ethics
O40|การขับเคลื่อนจริยธรรม|10.2|ethics-drive
O41|การประเมินจริยธรรมเจ้าหน้าที่ของรัฐ|10.2|ethics-evaluation
O42|มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน|10.2|integrity-measures
O43|การดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน|10.2|integrity-measures-report
"""
TITLES = {
    code: (title, indicator, concept) for code, title, indicator, concept in (row.split("|") for row in _ROWS.split("\n") if row)
}
