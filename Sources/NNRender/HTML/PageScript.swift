/// The page's one script. Everything can be read without it; it adds a copy button to each cell,
/// and opens what is folded before printing in browsers whose style sheets can't.
enum PageScript {
  static let text = """
    (function(){
    var d=document;
    if(navigator.clipboard)d.querySelectorAll('.source,.listing').forEach(function(s){
    var c=s.querySelector('code'),b=d.createElement('button');
    if(!c)return;
    b.type='button';b.className='copy';b.textContent='Copy';
    b.setAttribute('aria-label','Copy this code');
    b.onclick=function(){navigator.clipboard.writeText(c.textContent).then(function(){
    b.textContent='Copied';setTimeout(function(){b.textContent='Copy'},1500)},function(){})};
    s.appendChild(b)});
    var o=[];
    addEventListener('beforeprint',function(){
    d.querySelectorAll('details:not([open]):not(.behind)').forEach(function(e){e.open=true;o.push(e)})});
    addEventListener('afterprint',function(){o.forEach(function(e){e.open=false});o=[]});
    })();
    """
}
