// Lets a list of contents stand still beside the text if all of it fits into the window;
// a longer one is seen whole by scrolling the page.
"use strict";
{
  const settle = () => {
    for (const list of document.querySelectorAll(".contents--sticky, .document__contents")) {
      list.classList.toggle("contents--fits", list.scrollHeight + 32 <= innerHeight);
    }
  };
  addEventListener("resize", settle);
  document.addEventListener("htmx:afterSettle", settle);
  settle();
}
